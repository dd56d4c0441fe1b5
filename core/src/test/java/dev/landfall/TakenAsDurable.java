package dev.landfall;

import dev.landfall.event.RawEvent;
import dev.landfall.spi.Claim;
import dev.landfall.spi.DeadLetter;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.Ledger;
import dev.landfall.spi.LedgerException;
import dev.landfall.spi.Recorded;
import dev.landfall.spi.Settlement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** A ledger in memory that stays when its pipeline is closed, as one on disk does, and can fail. */
record TakenAsDurable(Ledger memory, BooleanSupplier down) implements Ledger {

  @Override
  public boolean durable() {
    return true;
  }

  @Override
  public CompletionStage<List<Recorded>> record(List<Landing> landings) {
    return down.getAsBoolean()
        ? CompletableFuture.failedFuture(LedgerException.unavailable("The ledger is down.", null))
        : memory.record(landings);
  }

  @Override
  public CompletionStage<Void> bury(RawEvent body, Failure failure) {
    return memory.bury(body, failure);
  }

  @Override
  public List<Claim> claim(int most, Instant now, Instant leasedUntil) {
    return memory.claim(most, now, leasedUntil);
  }

  @Override
  public boolean renew(Claim claim, Instant leasedUntil) {
    return memory.renew(claim, leasedUntil);
  }

  @Override
  public boolean settle(Claim claim, Settlement settlement) {
    return memory.settle(claim, settlement);
  }

  @Override
  public List<DeadLetter> deadLetters(int most) {
    return memory.deadLetters(most);
  }

  @Override
  public void close() {}
}
