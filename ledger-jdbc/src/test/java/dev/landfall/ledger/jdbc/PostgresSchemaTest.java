package dev.landfall.ledger.jdbc;

import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresSchemaTest extends ServerSchemaCases {

  @RegisterExtension
  static final Postgres SERVER = new Postgres();

  @Override
  TestServer server() {
    return SERVER;
  }
}
