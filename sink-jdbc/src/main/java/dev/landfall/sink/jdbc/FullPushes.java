package dev.landfall.sink.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The newest full push of each table and legal entity, by which an export that comes late is told.
 *
 * <p>Whoever loads for a table and legal entity holds its row until the transaction ends, so that
 * what is newest stays it.
 */
final class FullPushes {

  private static final String KEY = " WHERE table_name = ? AND legal_entity = ?";

  private final Database database;
  private final TableName table;
  private final LoadFacts facts;
  private final String pushes;

  FullPushes(Database database, TableName table, LoadFacts facts) {
    this.database = database;
    this.table = table;
    this.facts = facts;
    pushes = database.quoted(OwnTables.PUSH.beside(table));
  }

  /** Sees that there is a row to be held. */
  void prepare() throws SQLException {
    try (PreparedStatement select = database.prepare("SELECT table_name FROM " + pushes + KEY)) {
      bindKey(select, 1);
      try (ResultSet found = select.executeQuery()) {
        if (found.next()) {
          return;
        }
      }
    }
    try (PreparedStatement insert =
        database.prepare("INSERT INTO " + pushes + " (table_name, legal_entity) VALUES (?, ?)")) {
      bindKey(insert, 1);
      insert.executeUpdate();
    } catch (SQLException failure) {
      if (!database.dialect().saysDuplicate(failure)) {
        throw failure;
      }
    }
  }

  /** {@return whether a full push is loaded that is newer than the file}; waits for its turn */
  boolean areNewer() throws SQLException {
    try (PreparedStatement hold =
        database.prepare("UPDATE " + pushes + " SET exported_at = exported_at" + KEY)) {
      bindKey(hold, 1);
      if (hold.executeUpdate() == 0) {
        throw new SQLException("The row of the newest full push was removed just now.", "40001");
      }
    }
    Instant newest = newest();
    return newest != null && newest.isAfter(facts.exportTime());
  }

  private @Nullable Instant newest() throws SQLException {
    try (PreparedStatement select = database.prepare("SELECT exported_at FROM " + pushes + KEY)) {
      bindKey(select, 1);
      try (ResultSet found = select.executeQuery()) {
        return found.next() ? time(found) : null;
      }
    }
  }

  private @Nullable Instant time(ResultSet found) throws SQLException {
    return switch (database.dialect().timeColumn().kind()) {
      case TIME -> {
        LocalDateTime time = found.getObject(1, LocalDateTime.class);
        yield time == null ? null : time.toInstant(ZoneOffset.UTC);
      }
      case TIME_WITH_ZONE -> {
        OffsetDateTime time = found.getObject(1, OffsetDateTime.class);
        yield time == null ? null : time.toInstant();
      }
      default -> {
        String time = found.getString(1);
        yield time == null ? null : Instant.parse(time);
      }
    };
  }

  /** Notes that the file is the newest full push now. */
  void note() throws SQLException {
    try (PreparedStatement update =
        database.prepare("UPDATE " + pushes + " SET exported_at = ?" + KEY)) {
      update.setObject(1, database.dialect().timeColumn().time(facts.exportTime()));
      bindKey(update, 2);
      update.executeUpdate();
    }
  }

  private void bindKey(PreparedStatement statement, int first) throws SQLException {
    statement.setString(first, LoadFacts.storable(table.name()));
    statement.setString(first + 1, facts.legalEntity());
  }
}
