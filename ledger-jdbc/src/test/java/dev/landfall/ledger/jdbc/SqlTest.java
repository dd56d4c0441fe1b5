package dev.landfall.ledger.jdbc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlTest {

  @TempDir
  private Path folder;

  @Test
  void noStatementReadsLandingsItDoesNotNeed() throws Exception {
    try (SqliteFile file = SqliteFile.open(folder.resolve("ledger.db"))) {
      for (Sql sql : Sql.values()) {
        for (String step : plan(file, sql).split("\n", -1)) {
          assertFalse(step.contains("TEMP B-TREE"), sql + " sorts: " + step);
          if (step.startsWith("SCAN")) {
            // Walking along an index that holds just these rows is what it is for.
            assertTrue(step.contains(" USING "), sql + " reads a whole table: " + step);
          }
        }
      }
    }
  }

  @Test
  void workIsFoundByIndexesThatHoldNoDoneLandings() throws Exception {
    try (SqliteFile file = SqliteFile.open(folder.resolve("ledger.db"))) {
      assertTrue(plan(file, Sql.MOST_URGENT).contains("INDEX landing_ready"));
      assertTrue(plan(file, Sql.WAKE_DUE).contains("INDEX landing_waiting"));
      assertTrue(plan(file, Sql.WAKE_CLAIMED).contains("INDEX landing_waiting"));
      assertTrue(plan(file, Sql.DEAD_LETTERS).contains("INDEX landing_dead"));
    }
  }

  private static String plan(SqliteFile file, Sql sql) throws Exception {
    Set<Sql> withoutPlan = Set.of(
        Sql.BEGIN,
        Sql.COMMIT,
        Sql.ROLL_BACK,
        Sql.SAVEPOINT,
        Sql.ROLL_BACK_TO_SAVEPOINT,
        Sql.RELEASE_SAVEPOINT);
    if (withoutPlan.contains(sql)) {
      return "";
    }
    StringBuilder plan = new StringBuilder();
    try (Statement statement = file.connection().createStatement();
        ResultSet steps = statement.executeQuery(
            "EXPLAIN QUERY PLAN " + sql.text().replace("LIMIT ?", "LIMIT 10"))) {
      while (steps.next()) {
        plan.append(steps.getString("detail")).append('\n');
      }
    }
    return plan.toString();
  }
}
