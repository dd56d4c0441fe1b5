package dev.landfall.ledger.jdbc;

import java.sql.SQLException;
import java.util.List;

/** By which landings are found; for one thread at a time. */
interface Keys {

  /** {@return those of one database} */
  static Keys of(Statements statements, Dialect dialect) {
    // Where instances share the landings none of them may keep keys to itself.
    return dialect.isShared() ? new IndexedKeys(statements) : new GatheredKeys(statements);
  }

  /**
   * {@return a value for each landing that has one of these keys, in any order}
   *
   * @param row reads number, key, event, state, turn and line
   */
  <T> List<T> find(Statements.Row<T> row, List<Digest> keys) throws SQLException;

  /** Knows of the keys of landings that were just inserted, in this order. */
  void inserted(List<Digest> keys) throws SQLException;

  /** Deletes landings by their numbers, so that their keys are free. */
  void delete(List<Long> landings) throws SQLException;

  /** Writes what has to be written of keys before a transaction is committed. */
  void ending() throws SQLException;

  /** Knows that the transaction was committed. */
  void ended();

  /** Forgets what was done in a transaction that was undone, in part or as a whole. */
  void undone();
}
