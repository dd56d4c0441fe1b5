package dev.landfall.bench.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.bench.frame.Metric;
import dev.landfall.bench.frame.Outcome;
import dev.landfall.bench.frame.Rounds;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadSmallTest {

  @TempDir
  Path folder;

  @Test
  void everySubjectFetchesEveryFileAndIsMeasured() throws Exception {
    Size small = new Size(1, 3, new Batch("warm-up", 4, 1_000), new Batch("small", 40, 10_240));
    Outcome outcome =
        Rounds.play(new DownloadSmall(small, JdkServer::start), folder, System.out::println);
    assertEquals(List.of("landfall", "landfall-jdk", "camel"), List.copyOf(outcome.subjects()));
    for (String subject : outcome.subjects()) {
      for (Metric metric : List.of(DownloadSmall.RATE, Fetched.CPU)) {
        assertTrue(
            outcome.spread(subject, metric).orElseThrow().least() > 0, subject + " " + metric);
      }
    }
    assertTrue(outcome.ratios().containsKey("landfall/camel"), outcome.ratios()::toString);
  }
}
