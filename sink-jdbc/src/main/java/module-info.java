/** Stores the records of exported files as rows of a database table. */
module dev.landfall.sink.jdbc {
  requires transitive dev.landfall.core;
  requires transitive dev.landfall.format;
  requires transitive java.sql;
  requires transitive static org.jspecify;

  exports dev.landfall.sink.jdbc;
}
