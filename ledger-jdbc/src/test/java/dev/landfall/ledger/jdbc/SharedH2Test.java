package dev.landfall.ledger.jdbc;

import org.junit.jupiter.api.extension.RegisterExtension;

class SharedH2Test extends SharedLedgerCases {

  @RegisterExtension
  static final H2 SERVER = new H2();

  @Override
  TestServer server() {
    return SERVER;
  }
}
