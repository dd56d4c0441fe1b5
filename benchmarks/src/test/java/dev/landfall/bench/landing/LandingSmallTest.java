package dev.landfall.bench.landing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.bench.frame.Metric;
import dev.landfall.bench.frame.Outcome;
import dev.landfall.bench.frame.Rounds;
import dev.landfall.bench.frame.Spread;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandingSmallTest {

  @TempDir
  Path folder;

  @Test
  void everySubjectLandsEveryExportAndIsMeasured() throws Exception {
    Outcome outcome =
        Rounds.play(new LandingSmall(new Pace(1, 2, 5, 20)), folder, System.out::println);
    assertEquals(
        List.of("landfall", "landfall-jdk", "landfall-memory", "camel", "camel-durable"),
        List.copyOf(outcome.subjects()));
    for (String subject : outcome.subjects()) {
      for (Metric metric : List.of(
          LandingSmall.RATE, LandingSmall.ANSWER_P50, LandingSmall.ANSWER_P99, Metric.CPU)) {
        Spread spread = outcome.spread(subject, metric).orElseThrow();
        assertTrue(spread.least() > 0, subject + " " + metric);
      }
    }
    assertEquals(
        Set.of("landfall/camel", "landfall/camel-durable", "landfall-memory/camel"),
        outcome.ratios().keySet());
  }

  @Test
  void anIdThatIsNotKeptIsNoticed() throws Exception {
    Path database = folder.resolve("ids.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE camel_messageprocessed (messageId TEXT)");
      statement.executeUpdate("INSERT INTO camel_messageprocessed VALUES ('one')");
    }
    LandingSmall.requireIds(database, 1);
    IOException failure =
        assertThrows(IOException.class, () -> LandingSmall.requireIds(database, 2));
    assertTrue(failure.toString().contains("of 2 events 1 are there"), failure::toString);
    assertThrows(IOException.class, () -> LandingSmall.requireIds(folder.resolve("none.db"), 0));
  }
}
