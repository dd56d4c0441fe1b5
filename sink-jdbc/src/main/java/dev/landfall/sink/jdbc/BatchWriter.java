package dev.landfall.sink.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Writes rows by one statement, in batches. */
final class BatchWriter implements RowWriter {

  private final Dialect dialect;
  private final Target target;
  private final Batch batch;
  private final PreparedStatement statement;

  /**
   * Prepares.
   *
   * @param sql has a parameter for each column of the target
   */
  BatchWriter(Database database, Target target, String sql) throws SQLException {
    this.dialect = database.dialect();
    this.target = target;
    batch = new Batch(target);
    statement = database.prepare(sql);
  }

  @Override
  public void add(long line, @Nullable Object[] values) throws SQLException {
    batch.add(line, values);
    if (batch.isFull()) {
      finish();
    }
  }

  @Override
  public void finish() throws SQLException {
    if (batch.rows().isEmpty()) {
      // Some drivers refuse an empty batch.
      return;
    }
    try {
      for (@Nullable Object[] row : batch.rows()) {
        for (int i = 0; i < row.length; i++) {
          dialect.bind(statement, i + 1, row[i], target.columns().get(i).type());
        }
        statement.addBatch();
      }
      statement.executeBatch();
    } catch (SQLException refused) {
      throw dialect.failed(batch.doing(), refused);
    }
    batch.clear();
  }

  @Override
  public void pause() {
    // Between two statements the connection is free.
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
