package dev.landfall.ledger.jdbc;

import dev.landfall.spi.LedgerException;
import java.sql.Connection;
import java.sql.SQLException;

/** Where a ledger is kept; for one thread at a time, but for {@link #sync}. */
interface Database extends AutoCloseable {

  Dialect dialect();

  /** {@return a connection to work on, which lasts until it is given back} */
  Connection connect() throws SQLException;

  /** Gives a connection back that cannot be used any more, or is not needed. */
  void disconnect(Connection connection);

  /** Begins a transaction. */
  void begin(Statements statements) throws SQLException;

  void commit(Statements statements) throws SQLException;

  /**
   * {@return whether a commit survives a power cut by itself; otherwise {@link #sync} is needed}
   */
  boolean lastsOnceCommitted();

  /**
   * Makes all that was committed before survive a power cut; on another thread than the rest.
   *
   * @throws LedgerException if it may not, and what is committed after it may not either
   */
  void sync();

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
