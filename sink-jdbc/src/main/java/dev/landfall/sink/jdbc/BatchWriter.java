package dev.landfall.sink.jdbc;

import dev.landfall.format.ExportedRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes rows in batches, bounded by rows and by text so that memory is. */
final class BatchWriter implements RowWriter {

  private static final int MOST_ROWS = 1000;
  private static final int MOST_CHARACTERS = 1 << 20;

  private final Dialect dialect;
  private final TargetTable table;
  private final PreparedStatement statement;

  /**
   * By key, so that a batch holds no key twice: drivers may rewrite it into one statement, which
   * PostgreSQL then refuses.
   */
  private final Map<Object, ExportedRecord> batch = new LinkedHashMap<>();

  private long characters;
  private long firstLine;
  private long lastLine;

  BatchWriter(Connection connection, Dialect dialect, TargetTable table) throws SQLException {
    this.dialect = dialect;
    this.table = table;
    statement = connection.prepareStatement(table.insert());
  }

  @Override
  public void add(ExportedRecord record) throws SQLException {
    if (batch.isEmpty()) {
      firstLine = record.line();
    }
    lastLine = record.line();
    batch.put(table.keyOf(record), record);
    for (int i = 0; i < table.width(); i++) {
      String value = record.value(i);
      characters += value == null ? 0 : value.length();
    }
    if (batch.size() >= MOST_ROWS || characters >= MOST_CHARACTERS) {
      finish();
    }
  }

  @Override
  public void finish() throws SQLException {
    if (batch.isEmpty()) {
      // Some drivers refuse an empty batch.
      return;
    }
    try {
      for (ExportedRecord record : batch.values()) {
        for (int i = 0; i < table.width(); i++) {
          statement.setString(i + 1, record.value(i));
        }
        statement.addBatch();
      }
      statement.executeBatch();
    } catch (SQLException refused) {
      throw dialect.failed(
          "writing lines %d to %d to table %s".formatted(firstLine, lastLine, table.name()),
          refused);
    }
    batch.clear();
    characters = 0;
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
