package dev.landfall.sink.jdbc;

import javax.sql.DataSource;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresContractTest extends TableSinkContract {

  @RegisterExtension
  static final Postgres POSTGRES = new Postgres();

  PostgresContractTest(boolean upserts) {
    super(upserts);
  }

  @Override
  DataSource database() {
    return POSTGRES.database();
  }
}
