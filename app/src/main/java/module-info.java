/** The command landfall. */
module dev.landfall.app {
  requires dev.landfall.core;
  requires dev.landfall.emulator;
  requires dev.landfall.ledger.jdbc;
  requires dev.landfall.sink.jdbc;
  requires dev.landfall.transport.http;
  requires info.picocli;
  requires java.sql;
  requires transitive static org.jspecify;
  requires org.xerial.sqlitejdbc;

  // The command line parser fills annotated fields.
  opens dev.landfall.app to
      info.picocli;
}
