package dev.landfall.bench.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.bench.frame.Outcome;
import dev.landfall.bench.frame.Rounds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadLargeTest {

  @TempDir
  Path folder;

  @Test
  void everySubjectFetchesTheFileAndIsMeasured() throws Exception {
    Assumptions.assumeTrue(
        isInstalled("curl") && isInstalled("openssl"), "no curl here, or no openssl");
    Size small = new Size(1, 1, new Batch("warm-up", 1, 10_000), new Batch("large", 1, 9_000_001));
    Outcome outcome =
        Rounds.play(new DownloadLarge(small, JdkServer::start), folder, System.out::println);
    assertEquals(
        List.of("landfall", "landfall-jdk", "curl", "curl-digest"),
        List.copyOf(outcome.subjects()));
    for (String subject : outcome.subjects()) {
      assertTrue(outcome.spread(subject, DownloadLarge.SPEED).orElseThrow().least() > 0, subject);
    }
    assertTrue(
        outcome
            .ratios()
            .keySet()
            .containsAll(Set.of("landfall/curl", "landfall/curl-digest", "curl-digest/curl")),
        outcome.ratios()::toString);
  }

  static boolean isInstalled(String program) {
    try {
      return !Installed.require(program).isEmpty();
    } catch (IOException missing) {
      return false;
    }
  }
}
