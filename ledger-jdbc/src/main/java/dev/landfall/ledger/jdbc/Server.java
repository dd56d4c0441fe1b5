package dev.landfall.ledger.jdbc;

import dev.landfall.event.Redaction;
import dev.landfall.spi.LedgerException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database that other instances may share. */
final class Server implements Database {

  private static final Logger log = LoggerFactory.getLogger(Server.class);

  /** No answer takes as long; without a bound a silent network would keep us waiting for ever. */
  private static final int LONGEST_ANSWER_MILLIS = 120_000;

  private final DataSource dataSource;
  private final Dialect dialect;

  private Server(DataSource dataSource, Dialect dialect) {
    this.dataSource = dataSource;
    this.dialect = dialect;
  }

  /**
   * Finds out what database it is and whether the ledger's tables are there.
   *
   * @throws LedgerException if it cannot be reached now
   * @throws IllegalArgumentException if the ledger cannot be kept in it
   * @throws IllegalStateException if the tables are not there, or of another version
   */
  static Server open(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection()) {
      Dialect dialect = Dialect.of(connection);
      schema(dialect).require(connection);
      for (String doubt : dialect.doubts(connection)) {
        log.warn("A power cut may take events that the ledger has confirmed: {}", doubt);
      }
      return new Server(dataSource, dialect);
    } catch (SQLException failure) {
      throw LedgerException.unavailable(
          "The database of the ledger cannot be reached: %s. Check that it runs and that the DataSource is right."
              .formatted(said(failure)),
          failure);
    }
  }

  static Schema schema(Dialect dialect) {
    return new Schema(dialect, "in " + dialect, "LedgerSchema.of(dataSource)");
  }

  @Override
  public Dialect dialect() {
    return dialect;
  }

  @Override
  public Connection connect() throws SQLException {
    Connection connection = dataSource.getConnection();
    try {
      if (connection.getNetworkTimeout() == 0) {
        connection.setNetworkTimeout(Runnable::run, LONGEST_ANSWER_MILLIS);
      }
      connection.setAutoCommit(true);
      dialect.prepare(connection);
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException | RuntimeException failure) {
      disconnect(connection);
      throw failure;
    }
  }

  @Override
  public void disconnect(Connection connection) {
    try {
      connection.close();
    } catch (SQLException gone) {
      log.debug("A connection of the ledger was not closed properly", gone);
    }
  }

  @Override
  public void begin(Statements statements) {
    // The first statement does.
  }

  @Override
  public void commit(Statements statements) throws SQLException {
    statements.connection().commit();
  }

  @Override
  public boolean lastsOnceCommitted() {
    return true;
  }

  @Override
  public void sync() {
    // The server did.
  }

  @Override
  public boolean rollBack(Statements statements) {
    try {
      statements.connection().rollback();
      return true;
    } catch (SQLException gone) {
      log.debug("The connection of the ledger is broken", gone);
      return false;
    }
  }

  @Override
  public LedgerException failure(Throwable cause) {
    return LedgerException.unavailable(
        "The ledger in %s cannot be read or written: %s. If it does not recover by itself, check that the server runs and is reached."
            .formatted(dialect, said(cause)),
        cause);
  }

  /** A batch's own exception repeats all values of a row; the one behind it says what is wrong. */
  static String said(Throwable cause) {
    Throwable telling = cause;
    while (telling instanceof SQLException several && several.getNextException() != null) {
      telling = several.getNextException();
    }
    String first = String.valueOf(telling.getMessage()).lines().findFirst().orElse("");
    String shortened = first.length() <= 300 ? first : first.substring(0, 300) + "...";
    return Redaction.of(shortened).replaceFirst("\\.$", "");
  }

  @Override
  public void close() {
    // Its connection is given back by whoever works on it; the DataSource is its owner's.
  }

  @Override
  public String toString() {
    return "in " + dialect;
  }
}
