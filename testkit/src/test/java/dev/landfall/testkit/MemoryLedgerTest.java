package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.landfall.MemoryLedger;
import dev.landfall.spi.Ledger;
import org.junit.jupiter.api.Test;

class MemoryLedgerTest extends LedgerContract {

  @Override
  protected Ledger open() {
    return MemoryLedger.create();
  }

  @Test
  void itIsNotDurable() {
    assertFalse(ledger.durable());
  }
}
