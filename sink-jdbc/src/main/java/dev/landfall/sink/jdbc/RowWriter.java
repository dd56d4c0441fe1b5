package dev.landfall.sink.jdbc;

import dev.landfall.format.ExportedRecord;
import java.sql.SQLException;

/** Writes the records of one file, within the transaction of its connection. */
interface RowWriter extends AutoCloseable {

  void add(ExportedRecord record) throws SQLException;

  /** Writes what is still held back. */
  void finish() throws SQLException;

  @Override
  void close() throws SQLException;
}
