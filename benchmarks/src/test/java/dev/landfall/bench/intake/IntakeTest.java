package dev.landfall.bench.intake;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.bench.frame.Metric;
import dev.landfall.bench.frame.Outcome;
import dev.landfall.bench.frame.Rounds;
import dev.landfall.bench.frame.Spread;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir
  Path folder;

  @Test
  void everySubjectTakesEveryEventAndIsMeasured() throws Exception {
    Pace brief = new Pace(1, 4, LONG, LONG, 50);
    Outcome outcome = Rounds.play(new Intake(brief), folder, System.out::println);
    assertEquals(List.of("landfall", "bare", "camel"), List.copyOf(outcome.subjects()));
    for (String subject : outcome.subjects()) {
      for (Metric metric : List.of(Intake.RATE, Intake.P50, Intake.P99, Metric.CPU)) {
        Spread spread = outcome.spread(subject, metric).orElseThrow();
        assertTrue(spread.least() > 0, subject + " " + metric);
      }
    }
    assertEquals(
        Set.of("landfall/bare", "landfall/bare p99", "landfall/camel", "landfall/camel p99"),
        outcome.ratios().keySet());
  }

  @Test
  void anEventThatIsAcknowledgedButNotThereIsNoticed() {
    assertDoesNotThrow(() -> Intake.requireAll(100, () -> OptionalLong.of(100)));
    assertDoesNotThrow(() -> Intake.requireAll(100, OptionalLong::empty));
    IOException failure =
        assertThrows(IOException.class, () -> Intake.requireAll(100, () -> OptionalLong.of(99)));
    assertTrue(failure.toString().contains("of 100 events 99 are there"), failure::toString);
  }
}
