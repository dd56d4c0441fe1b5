package dev.landfall.sink.jdbc;

import dev.landfall.file.ExportedFile;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/**
 * The table of load records, which stands in the schema of the table that is loaded: what was
 * loaded is told in the same transaction as the rows.
 */
final class LoadLog {

  private static final String KEY = "event_id = ? AND table_name = ? AND file_name = ?";

  private final Database database;
  private final TableName table;
  private final LoadFacts facts;
  private final String log;

  LoadLog(Database database, TableName table, LoadFacts facts) {
    this.database = database;
    this.table = table;
    this.facts = facts;
    log = database.quoted(OwnTables.LOAD.beside(table));
  }

  /**
   * How much of a file was loaded.
   *
   * @param length of the file in bytes
   * @param rows that went into the table
   */
  record Load(long length, long rows) {}

  /** {@return what was loaded of the file before} */
  Optional<Load> find() throws SQLException {
    try (PreparedStatement select =
        database.prepare("SELECT file_length, row_count FROM " + log + " WHERE " + KEY)) {
      bindKey(select, 1);
      try (ResultSet found = select.executeQuery()) {
        return found.next()
            ? Optional.of(new Load(found.getLong(1), found.getLong(2)))
            : Optional.empty();
      }
    }
  }

  /**
   * {@return whether the file is now ours to load; false if its load record is there already},
   * after which the transaction can only be undone
   *
   * <p>The first statement of the transaction: another one that loads the same file waits here
   * until this one ends, and SQLite hands out its write lock only to those that begin with a write.
   */
  boolean claim(ExportedFile file, Loading.Way way) throws SQLException {
    try (PreparedStatement insert = database.prepare("INSERT INTO " + log
        + " (event_id, table_name, file_name, route, legal_entity, file_length, sha256,"
        + " exported_at, loaded_at, way, outcome, row_count, bad_count)"
        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)")) {
      bindKey(insert, 1);
      insert.setString(4, facts.route());
      insert.setString(5, facts.legalEntity());
      insert.setLong(6, file.length());
      insert.setString(7, file.sha256().hex());
      ColumnType time = database.dialect().timeColumn();
      insert.setObject(8, time.time(facts.exportTime()));
      insert.setObject(9, time.time(facts.loadedAt()));
      insert.setString(10, way.name().toLowerCase(Locale.ROOT));
      insert.setString(11, "loaded");
      insert.executeUpdate();
      return true;
    } catch (SQLException failure) {
      if (database.dialect().saysDuplicate(failure)) {
        return false;
      }
      throw failure;
    }
  }

  void complete(long rows, long bad) throws SQLException {
    update("row_count = ?, bad_count = ?", rows, bad);
  }

  /** Tells that the file changed nothing, as a newer full push is there. */
  void supersede() throws SQLException {
    update("outcome = 'superseded', row_count = ?, bad_count = ?", 0, 0);
  }

  private void update(String assignments, long rows, long bad) throws SQLException {
    try (PreparedStatement update =
        database.prepare("UPDATE " + log + " SET " + assignments + " WHERE " + KEY)) {
      update.setLong(1, rows);
      update.setLong(2, bad);
      bindKey(update, 3);
      update.executeUpdate();
    }
  }

  private void bindKey(PreparedStatement statement, int first) throws SQLException {
    statement.setString(first, facts.eventId());
    statement.setString(first + 1, LoadFacts.storable(table.name()));
    statement.setString(first + 2, facts.fileName());
  }
}
