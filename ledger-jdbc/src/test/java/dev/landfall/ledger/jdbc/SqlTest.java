package dev.landfall.ledger.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlTest {

  @TempDir
  private Path folder;

  private SqliteFile file;

  @BeforeEach
  void open() throws Exception {
    file = SqliteFile.open(folder.resolve("ledger.db"));
    file.schema().create(file.connection());
  }

  @AfterEach
  void close() {
    file.close();
  }

  @Test
  void noStatementReadsRowsItDoesNotNeed() throws Exception {
    for (Map.Entry<String, String> sql : statements().entrySet()) {
      if (sql.getValue().equals(Sql.FIND_ROUTES) || sql.getValue().equals(Sql.FIND_KNOWN)) {
        // All are read, or it is for servers only.
        continue;
      }
      for (String step : plan(sql.getValue()).split("\n", -1)) {
        assertFalse(
            step.contains("TEMP B-TREE") && !step.contains("LAST TERM"),
            sql.getKey() + " sorts: " + step);
        if (step.startsWith("SCAN")) {
          // Walking along an index that holds just these rows is what it is for.
          assertTrue(step.contains(" USING "), sql.getKey() + " reads a whole table: " + step);
        }
      }
    }
  }

  @Test
  void everythingIsFoundByItsIndex() throws Exception {
    Map<String, String> indexes = Map.ofEntries(
        Map.entry(Sql.FIND_READY, "COVERING INDEX landfall_landing_ready (route=?)"),
        Map.entry(Sql.FIND_DUE, "INDEX landfall_landing_waiting (due<?)"),
        Map.entry(Sql.WAKE_CLAIMED, "INDEX landfall_landing_waiting"),
        Map.entry(GatheredKeys.FIND_NUMBERS, "PRIMARY KEY (digest=?)"),
        Map.entry(GatheredKeys.DELETE_KEYS, "PRIMARY KEY (digest=?)"),
        Map.entry(GatheredKeys.NEXT_KEYS, "INTEGER PRIMARY KEY (rowid>?)"),
        Map.entry(
            Sql.NEXT_NUMBER,
            "COVERING INDEX landfall_landing_stream (stream=? AND control_number>?)"),
        Map.entry(Sql.FRONT_OF_LINE, "INDEX landfall_landing_line (line=? AND turn=?)"),
        Map.entry(Sql.OLDEST_QUEUED, "INDEX landfall_landing_line (line=? AND turn=?)"),
        Map.entry(Sql.BACKLOG, "COVERING INDEX landfall_landing_found (state=?)"),
        Map.entry(
            Sql.FIND_LATEST,
            "INDEX landfall_landing_found (state=? AND route=? AND recorded_at>? AND recorded_at<?)"),
        Map.entry(Sql.FIND_DEAD, "COVERING INDEX landfall_landing_dead"),
        Map.entry(Sql.FIND_ENDED, "COVERING INDEX landfall_landing_ended (state=? AND ended_at<?)"),
        Map.entry(Sql.STORE, "INTEGER PRIMARY KEY (rowid=?)"),
        Map.entry(Sql.FIND_BURIED, "INDEX landfall_unreadable_failed_at"));
    for (Map.Entry<String, String> index : indexes.entrySet()) {
      String plan = plan(index.getKey());
      assertTrue(plan.contains(index.getValue()), index.getKey() + "\nis done by\n" + plan);
    }
  }

  @Test
  void aPausedRouteIsPassedOverWithoutBeingRead() throws Exception {
    Union heads = new Union();
    heads.add(Sql.FIND_READY, 1, 10);
    heads.add(Sql.FIND_READY, 2, 10);
    String plan = plan(heads.sql());
    assertEquals(2, plan.split("landfall_landing_ready \\(route=\\?\\)", -1).length - 1, plan);
    assertFalse(plan.contains("TEMP B-TREE"), plan);
  }

  /** {@return all statements by their names} */
  static Map<String, String> statements() throws Exception {
    Map<String, String> statements = new TreeMap<>();
    for (Field field : Sql.class.getDeclaredFields()) {
      if (field.getType() == String.class && !Modifier.isPrivate(field.getModifiers())) {
        statements.put(field.getName(), (String) field.get(null));
      }
    }
    return statements;
  }

  private String plan(String sql) throws Exception {
    StringBuilder plan = new StringBuilder();
    try (Statement statement = file.connection().createStatement();
        ResultSet steps = statement.executeQuery("EXPLAIN QUERY PLAN "
            + sql.replace("LIMIT ?", "LIMIT 10").replace("(...)", "(1, 2)"))) {
      while (steps.next()) {
        plan.append(steps.getString("detail")).append('\n');
      }
    }
    return plan.toString();
  }
}
