package dev.landfall.sink.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Writes rows by one statement, in batches. */
final class BatchWriter extends BatchingWriter {

  private final PreparedStatement statement;

  /**
   * Prepares.
   *
   * @param sql has a parameter for each column of the target
   */
  BatchWriter(Database database, Target target, String sql) throws SQLException {
    super(database, target);
    statement = database.prepare(sql);
  }

  @Override
  void write(Collection<@Nullable Object[]> rows) throws SQLException {
    for (@Nullable Object[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        dialect.bind(statement, i + 1, row[i], target.columns().get(i).type());
      }
      statement.addBatch();
    }
    statement.executeBatch();
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
