package dev.landfall.ledger.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs statements on one connection, each prepared once; for one thread at a time. */
final class Statements {

  private final Connection connection;
  private final Map<Sql, PreparedStatement> prepared = new EnumMap<>(Sql.class);
  private boolean waiting = true;

  Statements(Connection connection) {
    this.connection = connection;
  }

  /** Makes a value out of the current row. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /**
   * Says whether commits from now on wait for the disk.
   *
   * <p>Not one of the prepared statements: SQLite obeys such a pragma when it is prepared, and so
   * only once.
   */
  void waitForDisk(boolean wait) throws SQLException {
    if (wait != waiting) {
      try (Statement pragma = connection.createStatement()) {
        pragma.execute("PRAGMA synchronous = " + (wait ? "FULL" : "NORMAL"));
      }
      waiting = wait;
    }
  }

  /** {@return how many rows were changed} */
  int update(Sql sql, @Nullable Object... values) throws SQLException {
    try {
      return bind(sql, values).executeUpdate();
    } catch (SQLException failure) {
      forget(sql, failure);
      throw failure;
    }
  }

  /** {@return a value for each row, in order} */
  <T> List<T> list(Sql sql, Row<T> row, @Nullable Object... values) throws SQLException {
    List<T> found = new ArrayList<>();
    try (ResultSet rows = bind(sql, values).executeQuery()) {
      while (rows.next()) {
        found.add(row.read(rows));
      }
    } catch (SQLException failure) {
      forget(sql, failure);
      throw failure;
    }
    return found;
  }

  private PreparedStatement bind(Sql sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql.text());
      prepared.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  /** The driver closes a statement that failed; it has to be prepared again. */
  private void forget(Sql sql, SQLException failure) {
    PreparedStatement broken = prepared.remove(sql);
    if (broken == null) {
      return;
    }
    try {
      broken.close();
    } catch (SQLException notClosed) {
      failure.addSuppressed(notClosed);
    }
  }
}
