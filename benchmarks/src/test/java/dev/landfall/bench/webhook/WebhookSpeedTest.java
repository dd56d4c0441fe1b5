package dev.landfall.bench.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.bench.frame.Comparison;
import dev.landfall.bench.frame.Measured;
import dev.landfall.bench.frame.Metric;
import dev.landfall.bench.frame.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookSpeedTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir
  Path folder;

  @Test
  void everySubjectTakesEveryEventAndIsMeasured() throws Exception {
    List<String> names = new ArrayList<>();
    // One turn each, as starting takes long: the frame would play a round to warm up as well.
    try (WebhookSpeed played = new WebhookSpeed(new Pace(1, 4, LONG, LONG, 50))) {
      for (Subject subject : played.subjects(folder)) {
        names.add(subject.name());
        Measured measured = subject.turn().take(folder);
        for (Metric metric : List.of(WebhookSpeed.RATE, WebhookSpeed.P50, WebhookSpeed.P99)) {
          assertTrue(measured.of(metric).orElseThrow() > 0, subject.name() + " " + metric);
        }
      }
      for (Comparison comparison : played.comparisons()) {
        assertTrue(names.containsAll(List.of(comparison.subject(), comparison.peer())));
      }
    }
    assertEquals(List.of("landfall", "bare", "camel", "spring-mvc"), names);
  }
}
