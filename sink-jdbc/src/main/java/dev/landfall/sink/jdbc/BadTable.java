package dev.landfall.sink.jdbc;

import dev.landfall.format.BadRecord;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table of the records that could not be stored, each as a line of delimited text. */
final class BadTable {

  private static final int MOST_HELD = 500;

  private final Database database;
  private final TableName table;
  private final TableName origin;
  private final LoadFacts facts;
  private final List<BadRecord> held = new ArrayList<>();
  private long count;

  BadTable(Database database, TableName table, TableName origin, LoadFacts facts) {
    this.database = database;
    this.table = table;
    this.origin = origin;
    this.facts = facts;
  }

  void add(BadRecord record) {
    held.add(record);
    count++;
  }

  long count() {
    return count;
  }

  boolean isFull() {
    return held.size() >= MOST_HELD;
  }

  void write() throws SQLException {
    if (held.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = database.prepare("INSERT INTO " + database.quoted(table)
        + " (event_id, table_name, file_name, line, cause, record) VALUES (?, ?, ?, ?, ?, ?)")) {
      for (BadRecord record : held) {
        insert.setString(1, facts.eventId());
        insert.setString(2, LoadFacts.storable(origin.name()));
        insert.setString(3, facts.fileName());
        insert.setLong(4, record.line());
        insert.setString(5, storable(record.cause()));
        insert.setString(6, storable(asLine(record.values())));
        insert.addBatch();
      }
      insert.executeBatch();
    }
    held.clear();
  }

  private static String asLine(List<@Nullable String> values) {
    return values.stream()
        .map(value -> value == null ? "" : '"' + value.replace("\"", "\"\"") + '"')
        .collect(Collectors.joining(","));
  }

  /** The sign of a NUL stands for one, where a text may have none. */
  private String storable(String text) {
    return database.dialect().takesNul() ? text : text.replace('\0', '\u2400');
  }
}
