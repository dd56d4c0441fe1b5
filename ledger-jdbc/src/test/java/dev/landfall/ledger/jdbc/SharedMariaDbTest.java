package dev.landfall.ledger.jdbc;

import org.junit.jupiter.api.extension.RegisterExtension;

class SharedMariaDbTest extends SharedLedgerCases {

  @RegisterExtension
  static final MariaDb SERVER = new MariaDb();

  @Override
  TestServer server() {
    return SERVER;
  }
}
