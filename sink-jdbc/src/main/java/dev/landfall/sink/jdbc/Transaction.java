package dev.landfall.sink.jdbc;

import dev.landfall.spi.SinkException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A connection that commits when told to, rolls back otherwise, and is given back as it came. */
final class Transaction implements AutoCloseable {

  private final Connection connection;
  private final boolean autoCommit;

  private Transaction(Connection connection) throws SQLException {
    this.connection = connection;
    autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
  }

  static Transaction begin(DataSource dataSource, TableName table) {
    try {
      Connection connection = dataSource.getConnection();
      try {
        return new Transaction(connection);
      } catch (SQLException unusable) {
        try (connection) {
          throw unusable;
        }
      }
    } catch (SQLException unreachable) {
      // Its message stays with the cause, as a driver may put the whole URL into it.
      throw SinkException.unavailable(
          "There is no connection to the database of table %s; the cause tells why."
              .formatted(table),
          unreachable);
    }
  }

  Connection connection() {
    return connection;
  }

  void commit() throws SQLException {
    connection.commit();
  }

  /** What counts is committed by now or has failed already; trouble here adds nothing to that. */
  @Override
  public void close() {
    try (connection) {
      connection.rollback();
      connection.setAutoCommit(autoCommit);
    } catch (SQLException goneAnyway) {
      return;
    }
  }
}
