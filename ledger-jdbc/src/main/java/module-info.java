/** The ledger in an embedded SQLite file. */
module dev.landfall.ledger.jdbc {
  requires transitive dev.landfall.core;
  requires java.sql;
  requires static org.jspecify;
  requires org.slf4j;
  requires org.xerial.sqlitejdbc;

  exports dev.landfall.ledger.jdbc;
}
