package dev.landfall.sink.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Writes the rows of one file, within the transaction of its connection. */
interface RowWriter extends AutoCloseable {

  /**
   * Takes one row.
   *
   * @param line where its record begins
   * @param values one for each column of the target; must not change any more
   */
  void add(long line, @Nullable Object[] values) throws SQLException;

  /** Writes what is still held back. */
  void finish() throws SQLException;

  /** Leaves the connection to other statements until the next row. */
  void pause() throws SQLException;

  @Override
  void close() throws SQLException;
}
