package dev.landfall.sink.jdbc;

import org.junit.jupiter.api.extension.RegisterExtension;

class H2TableSinkTest extends TableSinkTest {

  @RegisterExtension
  static final H2 DATABASE = new H2();

  @Override
  public TestDatabase tested() {
    return DATABASE;
  }
}
