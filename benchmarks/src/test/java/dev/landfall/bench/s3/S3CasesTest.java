package dev.landfall.bench.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.bench.download.Installed;
import dev.landfall.bench.download.JdkServer;
import dev.landfall.bench.frame.Metric;
import dev.landfall.bench.frame.Outcome;
import dev.landfall.bench.frame.Rounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3CasesTest {

  @TempDir
  Path folder;

  private static void assertMeasured(Outcome outcome, Metric... metrics) {
    for (String subject : outcome.subjects()) {
      for (Metric metric : metrics) {
        assertTrue(
            outcome.spread(subject, metric).orElseThrow().least() > 0, subject + " " + metric);
      }
    }
  }

  @Test
  void everySubjectStoresTheLargeFileAndIsMeasured() throws Exception {
    Assumptions.assumeTrue(isInstalled("rclone"), "no rclone here");
    // Of several parts, for all of them.
    Size small = new Size(1, 1_000_000, (60L << 20) + 1);
    Outcome outcome =
        Rounds.play(new S3Large(small, JdkServer::start), folder, System.out::println);
    assertEquals(List.of("landfall", "rclone", "camel"), List.copyOf(outcome.subjects()));
    assertMeasured(outcome, S3Large.SPEED, Service.CPU);
    assertEquals(
        Set.of("landfall/rclone", "landfall/rclone CPU", "landfall/camel", "landfall/camel CPU"),
        outcome.ratios().keySet());
  }

  private static boolean isInstalled(String program) {
    try {
      return !Installed.require(program).isEmpty();
    } catch (IOException missing) {
      return false;
    }
  }

  @Test
  void everySubjectStoresEverySmallFileAndIsMeasured() throws Exception {
    Outcome outcome = Rounds.play(new S3Small(new Pace(1, 2, 5, 20)), folder, System.out::println);
    assertEquals(
        List.of("landfall", "camel", "camel-within-request", "sdk"),
        List.copyOf(outcome.subjects()));
    assertMeasured(outcome, S3Small.RATE, Service.CPU);
    assertEquals(
        Set.of(
            "landfall/camel", "landfall/camel CPU", "landfall/camel-within-request", "sdk/camel"),
        outcome.ratios().keySet());
  }

  @Test
  void anObjectThatIsMissingDiffersOrIsOneTooManyIsNoticed() throws Exception {
    Bucket bucket = new Bucket(Files.createDirectory(folder.resolve("bucket")));
    Path file = Files.writeString(folder.resolve("file"), "a,b\n");
    Map<String, Path> expected = Map.of("ONE.CSV", file, "TWO.CSV", file);
    Files.writeString(bucket.folder().resolve("one.csv"), "a,b\n");
    assertTrue(refusal(bucket, expected).contains("of 2 exports 1 have none"));
    Path other = Files.writeString(bucket.folder().resolve("two.csv"), "a,c\n");
    assertTrue(refusal(bucket, expected).contains("TWO.CSV has not"));
    Files.writeString(other, "a,b\n");
    bucket.require(expected);
    Files.writeString(bucket.folder().resolve("three.csv"), "a,b\n");
    assertTrue(refusal(bucket, expected).contains("this is none: THREE.CSV"));
    bucket.empty();
    bucket.require(Map.of());
  }

  private static String refusal(Bucket bucket, Map<String, Path> expected) {
    return assertThrows(IOException.class, () -> bucket.require(expected)).toString();
  }
}
