package dev.landfall.sink.jdbc;

import java.sql.SQLException;
import java.util.Optional;

/** Chooses what writes rows fastest over a connection. */
final class RowWriters {

  private RowWriters() {}

  static RowWriter of(Database database, Target target) throws SQLException {
    Optional<PostgresBulk> bulk = bulk(database, target);
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

  /** {@return what copies, if the database is PostgreSQL and its usual driver is in sight} */
  static Optional<PostgresBulk> bulk(Database database, Target target) throws SQLException {
    if (database.dialect() != Dialect.POSTGRESQL) {
      return Optional.empty();
    }
    try {
      return PostgresBulk.of(database, target);
    } catch (NoClassDefFoundError anotherDriver) {
      return Optional.empty();
    }
  }
}
