package dev.landfall.ledger.jdbc;

import dev.landfall.spi.Ledger;
import dev.landfall.testkit.DurableLedgerContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MariaDbLedgerTest extends DurableLedgerContract {

  @RegisterExtension
  static final MariaDb SERVER = new MariaDb();

  @Override
  protected Ledger open() {
    return reopen();
  }

  @Override
  protected Ledger reopen() {
    return JdbcLedger.on(SERVER.dataSource());
  }
}
