package dev.landfall.sink.jdbc;

import javax.sql.DataSource;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresUpsertContractTest extends TableSinkContract {

  @RegisterExtension
  static final Postgres POSTGRES = new Postgres();

  @Override
  DataSource database() {
    return POSTGRES.database();
  }

  @Override
  boolean upserts() {
    return true;
  }
}
