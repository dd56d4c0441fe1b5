package dev.landfall.bench.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.bench.download.Installed;
import dev.landfall.bench.download.JdkServer;
import dev.landfall.bench.frame.Case;
import dev.landfall.bench.frame.Outcome;
import dev.landfall.bench.frame.Rounds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowsTest {

  private static final Size SMALL = new Size(1, 1_500, 3_001);

  @TempDir
  Path folder;

  private Outcome played(Case rows) throws Exception {
    Outcome outcome = Rounds.play(rows, folder, System.out::println);
    for (String subject : outcome.subjects()) {
      assertTrue(outcome.spread(subject, Loading.TIME).orElseThrow().least() > 0, subject);
    }
    return outcome;
  }

  private void assertBeside(Case rows, String... peers) throws Exception {
    Assumptions.assumeTrue(isInstalled("curl") && isInstalled("psql"), "no curl and psql here");
    Outcome outcome = played(rows);
    Set<String> subjects =
        Stream.concat(Stream.of("landfall"), Stream.of(peers)).collect(Collectors.toSet());
    assertEquals(subjects, Set.copyOf(outcome.subjects()));
    assertEquals(
        Stream.of(peers).map("landfall/"::concat).collect(Collectors.toSet()),
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
  void everySubjectAppendsEveryRowAndIsMeasured() throws Exception {
    assertBeside(
        RowsBesidePeers.append(SMALL, JdkServer::start), "psql-copy", "spring-batch", "camel");
  }

  @Test
  void everySubjectUpsertsEveryRowAndIsMeasured() throws Exception {
    assertBeside(
        RowsBesidePeers.upsert(SMALL, JdkServer::start),
        "psql-copy",
        "psql-merge",
        "spring-batch",
        "camel");
  }

  @Test
  void bothEncodingsGiveTheSameRows() throws Exception {
    Outcome outcome = played(new RowsUtf16(SMALL, JdkServer::start));
    assertEquals(Set.of("utf16/utf8"), outcome.ratios().keySet());
  }
}
