package dev.landfall.bench.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.bench.frame.Metric;
import dev.landfall.bench.frame.Outcome;
import dev.landfall.bench.frame.Rounds;
import dev.landfall.bench.frame.Spread;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventReadingTest {

  @TempDir
  Path folder;

  @Test
  void bothSubjectsAreMeasuredInMachinesOfTheirOwnAndCompared() throws Exception {
    EventReading.Length brief = new EventReading.Length(1, 1, 1, 50);
    Outcome outcome = Rounds.play(new EventReading(brief), folder, System.out::println);
    assertEquals(List.of("landfall", "read-tree"), List.copyOf(outcome.subjects()));
    Set<Metric> metrics = Set.of(EventReading.RATE, EventReading.ALLOCATION);
    assertEquals(metrics, outcome.metrics());
    for (String subject : outcome.subjects()) {
      for (Metric metric : metrics) {
        Spread spread = outcome.spread(subject, metric).orElseThrow();
        assertTrue(spread.least() > 0, subject + " " + metric);
      }
    }
    assertEquals(
        Set.of("landfall/read-tree", "landfall/read-tree allocation"),
        outcome.ratios().keySet());
  }
}
