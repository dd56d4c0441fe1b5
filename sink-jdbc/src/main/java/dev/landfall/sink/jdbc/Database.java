package dev.landfall.sink.jdbc;

import dev.landfall.spi.SinkException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a database, given back as it came.
 *
 * <p>Each statement commits until {@link #begin}; what follows is undone unless {@link #commit}
 * ends it.
 */
final class Database implements AutoCloseable {

  /**
   * Databases within this process lose rows that are written while a table is changed, H2 at least;
   * whoever writes shares it until the connection is given back.
   */
  private static final ReadWriteLock TABLES = new ReentrantReadWriteLock();

  private final Connection connection;
  private final Dialect dialect;
  private final boolean autoCommit;
  private final @Nullable StrictSession sessionBefore;
  private boolean writing;

  private Database(Connection connection) throws SQLException {
    this.connection = connection;
    autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(true);
    dialect = Dialect.of(connection);
    sessionBefore = dialect.isMySql() ? StrictSession.begin(connection) : null;
  }

  static Database open(DataSource dataSource, TableName table) {
    try {
      Connection connection = dataSource.getConnection();
      try {
        return new Database(connection);
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

  Dialect dialect() {
    return dialect;
  }

  String quoted(TableName table) {
    return dialect.quoted(table);
  }

  String quoted(String column) {
    return dialect.quoted(column);
  }

  /** {@return the catalog of a table for the driver, where catalogs are what schemas are called} */
  @Nullable
  String catalogOf(TableName table) throws SQLException {
    return dialect.callsSchemasCatalogs() && table.schema() != null
        ? table.schema()
        : connection.getCatalog();
  }

  /** {@return the schema of a table for the driver} */
  @Nullable
  String schemaOf(TableName table) throws SQLException {
    if (dialect.callsSchemasCatalogs()) {
      return null;
    }
    return table.schema() == null ? connection.getSchema() : table.schema();
  }

  PreparedStatement prepare(String sql) throws SQLException {
    return connection.prepareStatement(sql);
  }

  int execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  void begin() throws SQLException {
    if (dialect.isInProcess()) {
      TABLES.readLock().lock();
      writing = true;
    }
    connection.setAutoCommit(false);
  }

  /** What is done to tables. */
  @FunctionalInterface
  interface Change {
    void make() throws SQLException;
  }

  /** Changes tables, not after {@link #begin}. */
  void change(Change change) throws SQLException {
    if (!dialect.isInProcess()) {
      change.make();
      return;
    }
    TABLES.writeLock().lock();
    try {
      change.make();
    } finally {
      TABLES.writeLock().unlock();
    }
  }

  /** {@return the most bytes that are sent at once} */
  long largestPacket() {
    return sessionBefore == null ? Long.MAX_VALUE : sessionBefore.largestPacket();
  }

  void commit() throws SQLException {
    connection.commit();
  }

  /** Undoes all since {@link #begin}. */
  void rollback() throws SQLException {
    connection.rollback();
  }

  /** {@return a place to go back to within what was begun} */
  Savepoint savepoint() throws SQLException {
    return connection.setSavepoint();
  }

  void rollbackTo(Savepoint savepoint) throws SQLException {
    connection.rollback(savepoint);
  }

  /** What counts is committed by now or has failed already; trouble here adds nothing to that. */
  @Override
  public void close() {
    try (connection) {
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
      if (sessionBefore != null) {
        sessionBefore.end(connection);
      }
      connection.setAutoCommit(autoCommit);
    } catch (SQLException goneAnyway) {
      return;
    } finally {
      if (writing) {
        TABLES.readLock().unlock();
      }
    }
  }
}
