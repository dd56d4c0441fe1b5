package dev.landfall.ledger.jdbc;

import org.junit.jupiter.api.extension.RegisterExtension;

class SharedPostgresTest extends SharedLedgerCases {

  @RegisterExtension
  static final Postgres SERVER = new Postgres();

  @Override
  TestServer server() {
    return SERVER;
  }
}
