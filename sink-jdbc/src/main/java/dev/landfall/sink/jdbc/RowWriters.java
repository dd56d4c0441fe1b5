package dev.landfall.sink.jdbc;

import java.sql.SQLException;
import java.util.Optional;

/** Chooses what writes rows fastest over a connection. */
final class RowWriters {

  private RowWriters() {}

  static RowWriter of(Database database, Target target) throws SQLException {
    Optional<PostgresBulk> bulk = PostgresBulk.of(database, target);
    if (bulk.isPresent()) {
      return bulk.get();
    }
    Dialect dialect = database.dialect();
    if (target.keys().isEmpty()) {
      return new BatchWriter(database, target, Upsert.insert(dialect, target));
    }
    return dialect.upsert() == Upsert.UPDATE_THEN_INSERT
        ? new UpdateThenInsert(database, target)
        : new BatchWriter(database, target, dialect.upsert().sql(dialect, target));
  }
}
