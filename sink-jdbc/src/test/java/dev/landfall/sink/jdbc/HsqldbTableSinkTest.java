package dev.landfall.sink.jdbc;

import org.junit.jupiter.api.extension.RegisterExtension;

class HsqldbTableSinkTest extends TableSinkTest {

  @RegisterExtension
  static final Hsqldb HSQLDB = new Hsqldb();

  @Override
  public TestDatabase tested() {
    return HSQLDB;
  }
}
