package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.landfall.event.LandfallException;
import dev.landfall.file.ExportedFile;
import dev.landfall.testkit.ExportedFiles;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** What cases of the sink have in common, whatever the database. */
interface TableSinkCase {

  TestDatabase tested();

  /** {@return what makes files; their event is that of customer groups in {@code usmf}} */
  ExportedFiles files();

  default DataSource database() {
    return tested().database();
  }

  default ExportedFile csv(String event, String text) throws IOException {
    return files().withEventId(event).csv(text);
  }

  default JdbcTableSinkBuilder into(String table) {
    return JdbcTableSink.into(database()).table(table);
  }

  default JdbcTableSink appending(String table) {
    return into(table).build();
  }

  default JdbcTableSink upserting(String table) {
    return into(table).upsertBy("ID").build();
  }

  /** {@return each row of a table, of some columns or else of all, nothing if there is no table} */
  default List<String> rows(String table, String... columns) throws SQLException {
    if (columns.length == 0) {
      return Rows.ofTable(database(), table);
    }
    return Rows.tables(database()).contains(table)
        ? Rows.of(database(), "SELECT " + quoted(columns) + " FROM " + tested().quoted(table))
        : List.of();
  }

  /** {@return the same of a table that the sink needs for itself, whose columns are in any case} */
  default List<String> own(String table, String... columns) throws SQLException {
    return Rows.tables(database()).contains(table)
        ? Rows.of(
            database(),
            "SELECT " + String.join(", ", columns) + " FROM " + tested().quoted(table))
        : List.of();
  }

  default String quoted(String... names) {
    return Arrays.stream(names)
        .map(name -> {
          try {
            return tested().quoted(name);
          } catch (SQLException unreachable) {
            throw new IllegalStateException(unreachable);
          }
        })
        .collect(Collectors.joining(", "));
  }

  /**
   * Creates a table.
   *
   * @param definitions name, type and what follows
   */
  default void create(String table, String... definitions) throws SQLException {
    String columns = Arrays.stream(definitions)
        .map(definition -> {
          int end = definition.indexOf(' ');
          return end < 0 || definition.startsWith("PRIMARY")
              ? definition
              : quoted(definition.substring(0, end)) + definition.substring(end);
        })
        .collect(Collectors.joining(", "));
    Rows.execute(database(), "CREATE TABLE " + quoted(table) + " (" + columns + ")");
  }

  /** {@return the message} */
  default String assertRefused(JdbcTableSink sink, ExportedFile file) {
    LandfallException refusal = assertThrows(LandfallException.class, () -> sink.store(file));
    assertFalse(refusal.retryable(), refusal::getMessage);
    return refusal.getMessage();
  }

  default void assertRefused(JdbcTableSink sink, ExportedFile file, String message) {
    assertEquals(message, assertRefused(sink, file));
  }
}
