package dev.landfall.ledger.jdbc;

import dev.landfall.spi.LedgerException;
import java.sql.Connection;
import java.sql.SQLException;

/** Where a ledger is kept; for one thread at a time. */
interface Database extends AutoCloseable {

  Dialect dialect();

  /** {@return a connection to work on, which lasts until it is given back} */
  Connection connect() throws SQLException;

  /** Gives a connection back that cannot be used any more, or is not needed. */
  void disconnect(Connection connection);

  /**
   * Begins a transaction.
   *
   * @param lasting whether its commit has to survive a power cut
   */
  void begin(Statements statements, boolean lasting) throws SQLException;

  void commit(Statements statements) throws SQLException;

  /** {@return whether all is as before the transaction and the connection can still be used} */
  boolean rollBack(Statements statements);

  /**
   * {@return what to tell the caller of an operation that failed}
   *
   * @param cause why
   */
  LedgerException failure(Throwable cause);

  /** Frees everything; never throws, and does nothing the second time. */
  @Override
  void close();
}
