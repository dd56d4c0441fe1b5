package dev.landfall.ledger.jdbc;

import dev.landfall.spi.Ledger;
import dev.landfall.testkit.DurableLedgerContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class H2LedgerTest extends DurableLedgerContract {

  @RegisterExtension
  static final H2 SERVER = new H2();

  @Override
  protected Ledger open() {
    return reopen();
  }

  @Override
  protected Ledger reopen() {
    return JdbcLedger.on(SERVER.dataSource());
  }
}
