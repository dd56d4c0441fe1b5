/** The ledger in an embedded SQLite file or on a database server. */
module dev.landfall.ledger.jdbc {
  requires transitive dev.landfall.core;
  requires transitive java.sql;
  requires transitive static org.jspecify;
  requires org.slf4j;
  requires org.xerial.sqlitejdbc;

  exports dev.landfall.ledger.jdbc;
}
