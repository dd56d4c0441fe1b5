package dev.landfall.bench.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.bench.frame.Metric;
import dev.landfall.bench.frame.Outcome;
import dev.landfall.bench.frame.Rounds;
import dev.landfall.bench.frame.Spread;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoLatencyTest {

  @TempDir
  Path folder;

  @Test
  void everySubjectLandsEveryExportAndMeasuresEverything() throws Exception {
    Outcome outcome =
        Rounds.play(new DemoLatency(new Pace(1, 1, 5, 50)), folder, System.out::println);
    assertEquals(List.of("landfall", "glue", "glue-durable"), List.copyOf(outcome.subjects()));
    Set<Metric> metrics = new LinkedHashSet<>(List.of(
        DemoLatency.SEQUENTIAL,
        DemoLatency.SEQUENTIAL_P50,
        DemoLatency.SEQUENTIAL_P99,
        DemoLatency.PACED_P50,
        DemoLatency.PACED_P99));
    if (Files.exists(Path.of("/proc/self/status"))) {
      metrics.add(Metric.PEAK_MEMORY);
    }
    metrics.add(Metric.CPU);
    assertEquals(metrics, outcome.metrics());
    for (String subject : outcome.subjects()) {
      for (Metric metric : metrics) {
        Spread spread = outcome.spread(subject, metric).orElseThrow();
        assertTrue(spread.least() > 0, subject + " " + metric);
      }
    }
    assertEquals(
        Set.of(
            "landfall/glue",
            "landfall/glue p99",
            "landfall/glue paced",
            "landfall/glue paced p99",
            "landfall/glue-durable",
            "landfall/glue-durable p99",
            "landfall/glue-durable paced",
            "landfall/glue-durable paced p99"),
        outcome.ratios().keySet());
  }
}
