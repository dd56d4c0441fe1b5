package dev.landfall.ledger.jdbc;

import dev.landfall.spi.Ledger;
import dev.landfall.testkit.DurableLedgerContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresLedgerTest extends DurableLedgerContract {

  @RegisterExtension
  static final Postgres SERVER = new Postgres();

  @Override
  protected Ledger open() {
    return reopen();
  }

  @Override
  protected Ledger reopen() {
    return JdbcLedger.on(SERVER.dataSource());
  }
}
