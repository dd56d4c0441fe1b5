package dev.landfall.ledger.jdbc;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/**
 * One call's work on the database, within a transaction that it shares with others; all or nothing
 * even so. It may be run again after what it did was undone.
 *
 * @param <T> what it answers once the transaction is committed
 */
@FunctionalInterface
interface Operation<T> {

  T run(Tables tables) throws SQLException;

  /** {@return the lines in which it changes whose turn it is, as far as they are known} */
  default Collection<Digest> lines() {
    return List.of();
  }

  /** {@return an operation that changes whose turn it is in these lines} */
  static <T> Operation<T> inLines(Collection<Digest> lines, Operation<T> operation) {
    return new Operation<>() {
      @Override
      public T run(Tables tables) throws SQLException {
        return operation.run(tables);
      }

      @Override
      public Collection<Digest> lines() {
        return lines;
      }
    };
  }
}
