package dev.landfall.ledger.jdbc;

import org.junit.jupiter.api.extension.RegisterExtension;

class H2SchemaTest extends ServerSchemaCases {

  @RegisterExtension
  static final H2 SERVER = new H2();

  @Override
  TestServer server() {
    return SERVER;
  }
}
