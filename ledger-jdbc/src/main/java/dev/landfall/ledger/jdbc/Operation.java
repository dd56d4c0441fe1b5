package dev.landfall.ledger.jdbc;

import java.sql.SQLException;

/**
 * One call's work on the database, within a transaction that it shares with others; all or nothing
 * even so.
 *
 * @param <T> what it answers once the transaction is committed
 */
@FunctionalInterface
interface Operation<T> {

  T run() throws SQLException;
}
