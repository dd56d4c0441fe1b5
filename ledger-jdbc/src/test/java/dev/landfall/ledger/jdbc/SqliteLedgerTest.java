package dev.landfall.ledger.jdbc;

import dev.landfall.spi.Ledger;
import dev.landfall.testkit.DurableLedgerContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteLedgerTest extends DurableLedgerContract {

  @TempDir
  private Path folder;

  @Override
  protected Ledger open() {
    return reopen();
  }

  @Override
  protected Ledger reopen() {
    return JdbcLedger.sqlite(folder.resolve("new folder/ledger.db"));
  }
}
