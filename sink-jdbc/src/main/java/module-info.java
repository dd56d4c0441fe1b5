/** Stores the records of exported files as rows of a database table. */
// PostgreSQL's driver names itself in its manifest alone.
@SuppressWarnings("requires-automatic")
module dev.landfall.sink.jdbc {
  requires transitive dev.landfall.core;
  requires transitive dev.landfall.format;
  requires transitive java.sql;
  requires static org.checkerframework.checker.qual;
  requires static org.postgresql.jdbc;
  requires transitive static org.jspecify;

  exports dev.landfall.sink.jdbc;
}
