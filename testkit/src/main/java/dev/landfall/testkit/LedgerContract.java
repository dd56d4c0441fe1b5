package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.landfall.spi.Claim;
import dev.landfall.spi.LandingQuery;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.LedgerException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * What every {@link dev.landfall.spi.Ledger} must do, as tests.
 *
 * <p>The test of an implementation extends this class and opens a ledger; JUnit runs all cases on
 * it. None can be overridden, so none is switched off:
 *
 * <pre>{@code
 * class MemoryLedgerTest extends LedgerContract {
 *   @Override
 *   protected Ledger open() {
 *     return MemoryLedger.create();
 *   }
 * }
 * }</pre>
 *
 * <p>Texts come back exactly, of any characters and length. Only where a database cannot hold them,
 * U+FFFD may stand for the character NUL and for half of a surrogate pair.
 *
 * <p>A ledger that says it is durable extends {@link DurableLedgerContract} instead.
 */
public abstract class LedgerContract extends LedgerConcurrencyCases {

  /** For subclasses. */
  protected LedgerContract() {}

  @Test
  void aClosedLedgerTakesNothingMore() throws Exception {
    recordNew(landing("a"));
    Claim claim = claimOne(NOON);
    ledger.close();
    ledger.close();
    ExecutionException refused = assertThrows(ExecutionException.class, () -> record(landing("b")));
    assertInstanceOf(LedgerException.class, refused.getCause());
    ExecutionException unburied = assertThrows(
        ExecutionException.class, () -> answer(ledger.bury(body("noise"), failure("noise", NOON))));
    assertInstanceOf(LedgerException.class, unburied.getCause());
    List<Executable> calls = List.of(
        () -> claim(1, NOON),
        () -> ledger.renew(claim, NOON),
        () -> ledger.settle(claim, stored(), NOON),
        () -> ledger.backlog(),
        () -> ledger.deadLetters(1),
        () -> ledger.find(LandingQuery.all(), 1),
        () -> ledger.find(id("a")),
        () -> ledger.reopen(id("a"), Set.of(), null, NOON),
        () -> ledger.discard(id("a"), "Not wanted.", BARE, NOON),
        () -> ledger.exhume(body("noise")),
        () -> ledger.purge(NOON, 1));
    calls.forEach(call -> assertThrows(LedgerException.class, call));
  }

  @RepeatedTest(10)
  void anySequenceOfCallsAgreesWithTheSimplestLedger(RepetitionInfo seed) throws Exception {
    new LedgerCalls(new Random(seed.getCurrentRepetition()), ledger).make(300);
  }

  @Test
  void aLongQuietTimeChangesNothing() throws Exception {
    end(landing("a"), dead(NOON), NOON);
    end(landing("b"), stored(), NOON);
    assertEquals(List.of(), claim(10, NOON.plusSeconds(3_000_000_000L)));
    assertEquals(
        List.of(duplicate("a", LandingState.DEAD), duplicate("b", LandingState.STORED)),
        record(landing("a"), landing("b")));
  }
}
