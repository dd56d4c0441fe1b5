package dev.landfall.sink.jdbc;

import dev.landfall.file.ExportedFile;
import dev.landfall.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/**
 * The table of load records, which stands in the schema of the table that is loaded: what was
 * loaded is told in the same transaction as the rows.
 */
final class LoadLog {

  private static final int LONGEST_NAME = 200;
  private static final String KEY = "event_id = ? AND table_name = ? AND file_name = ?";

  private final Connection connection;
  private final Dialect dialect;
  private final TableName log;
  private final String table;

  LoadLog(Connection connection, Dialect dialect, TableName table) {
    this.connection = connection;
    this.dialect = dialect;
    this.table = table.name();
    log = table.sibling("landfall_load");
  }

  /** How much of a file was loaded. */
  record Load(long length, long rows) {}

  void createIfAbsent() throws SQLException {
    if (dialect.columns(connection, log).isEmpty()) {
      dialect.lockCreation(connection);
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate(dialect.loadTableDdl(log));
      }
    }
  }

  /**
   * {@return whether the file is now ours to load; false if its load record is there already}
   *
   * <p>The first statement of the transaction: another one that loads the same file waits here
   * until this one ends, and SQLite hands out its write lock only to those that begin with a write.
   */
  boolean claim(ExportedFile file, Instant now) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + log.sql()
        + " (event_id, table_name, file_name, file_length, sha256, row_count, loaded_at)"
        + " VALUES (?, ?, ?, ?, ?, 0, " + dialect.timeParameter() + ")"
        + " ON CONFLICT (event_id, table_name, file_name) DO NOTHING")) {
      bindKey(insert, 1, file);
      insert.setLong(4, file.length());
      insert.setString(5, file.sha256().hex());
      insert.setString(6, now.toString());
      return insert.executeUpdate() == 1;
    }
  }

  void complete(ExportedFile file, long rows) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE " + log.sql() + " SET row_count = ? WHERE " + KEY)) {
      update.setLong(1, rows);
      bindKey(update, 2, file);
      update.executeUpdate();
    }
  }

  Load find(ExportedFile file) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(
        "SELECT file_length, row_count FROM " + log.sql() + " WHERE " + KEY)) {
      bindKey(select, 1, file);
      try (ResultSet found = select.executeQuery()) {
        if (!found.next()) {
          throw new SQLException("The load record was removed just now.", "40001");
        }
        return new Load(found.getLong(1), found.getLong(2));
      }
    }
  }

  private void bindKey(PreparedStatement statement, int first, ExportedFile file)
      throws SQLException {
    statement.setString(first, storable(file.event().id().value()));
    statement.setString(first + 1, table);
    statement.setString(first + 2, storable(file.name()));
  }

  /**
   * Foreign text may be too long for an index, or no text for the database; its digest is neither.
   */
  private static String storable(String name) {
    boolean plain = name.length() <= LONGEST_NAME
        && name.chars().noneMatch(Character::isISOControl)
        && StandardCharsets.UTF_8.newEncoder().canEncode(name);
    if (plain) {
      return name;
    }
    return "sha256 " + Sha256.of(name.getBytes(StandardCharsets.UTF_16LE)).hex();
  }
}
