package dev.landfall.sink.jdbc;

import java.sql.SQLException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Gathers rows and writes them in batches. */
abstract class BatchingWriter implements RowWriter {

  final Dialect dialect;
  final Target target;
  private final Batch batch;

  BatchingWriter(Database database, Target target) {
    dialect = database.dialect();
    this.target = target;
    batch = new Batch(target);
  }

  /** Writes some rows, at least one, as some drivers refuse an empty batch. */
  abstract void write(Collection<@Nullable Object[]> rows) throws SQLException;

  @Override
  public final void add(long line, @Nullable Object[] values) throws SQLException {
    batch.add(line, values);
    if (batch.isFull()) {
      finish();
    }
  }

  @Override
  public final void finish() throws SQLException {
    if (batch.rows().isEmpty()) {
      return;
    }
    try {
      write(batch.rows());
    } catch (SQLException refused) {
      throw dialect.failed(batch.doing(), refused);
    }
    batch.clear();
  }

  @Override
  public final void pause() {
    // Between two statements the connection is free.
  }
}
