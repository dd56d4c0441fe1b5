package dev.landfall.ledger.jdbc;

import org.junit.jupiter.api.extension.RegisterExtension;

class MariaDbSchemaTest extends ServerSchemaCases {

  @RegisterExtension
  static final MariaDb SERVER = new MariaDb();

  @Override
  TestServer server() {
    return SERVER;
  }
}
