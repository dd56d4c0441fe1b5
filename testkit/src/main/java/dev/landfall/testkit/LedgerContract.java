package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.landfall.file.Receipt;
import dev.landfall.spi.Claim;
import dev.landfall.spi.DeadLetter;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.LedgerException;
import dev.landfall.spi.Recorded;
import dev.landfall.spi.Settlement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

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
 * <p>A ledger that says it is durable extends {@link DurableLedgerContract} instead.
 */
public abstract class LedgerContract extends LedgerConcurrencyCases {

  /** For subclasses. */
  protected LedgerContract() {}

  @Test
  void aStoredLandingIsDone() throws Exception {
    recordNew(landing("a"));
    settle(claimOne(NOON), stored());
    assertEquals(List.of(), claim(10, NOON.plusSeconds(3600)));
    assertEquals(List.of(), ledger.deadLetters(10));
  }

  @Test
  void aRetryIsNotDueBeforeItsTime() throws Exception {
    recordNew(landing("a"));
    settle(claimOne(NOON), retryAt(NOON.plusSeconds(5)));
    assertEquals(List.of(), claim(10, NOON.plusMillis(4_999)));
    assertEquals(2, claimOne(NOON.plusSeconds(5)).landing().attempts());
  }

  @Test
  void receiptsAddUpOverTheAttempts() throws Exception {
    Receipt folder = new Receipt("/exports/it's \"here\"/1.csv", 1L << 40, null);
    Receipt table = new Receipt("table заказы", 0, 7L);
    Receipt tableAgain = table.withRecords(8);
    recordNew(landing("a"), landing("b", NOON.plusSeconds(1), null));
    settle(
        claim(1, NOON).get(0),
        new Settlement.Retry(Map.of("folder", folder), failure("down", NOON), NOON));
    Claim second = claim(1, NOON).get(0);
    assertEquals(Map.of("folder", folder), second.landing().receipts());
    settle(second, new Settlement.Released(Map.of("table", table)));
    Claim third = claim(1, NOON).get(0);
    assertEquals(Map.of("folder", folder, "table", table), third.landing().receipts());
    settle(third, new Settlement.Retry(Map.of("table", tableAgain), failure("", NOON), NOON));
    assertEquals(
        Map.of("folder", folder, "table", tableAgain),
        claim(1, NOON).get(0).landing().receipts());
    assertEquals(Map.of(), claimOne(NOON).landing().receipts(), "of another landing");
  }

  @Test
  void aDeadLandingIsListedWithAllThatAPersonNeeds() throws Exception {
    Landing landing = landing("a");
    recordNew(landing);
    settle(claimOne(NOON), retryAt(NOON));
    settle(claimOne(NOON), dead(NOON.plusMillis(1)));
    assertEquals(
        List.of(new DeadLetter(
            landing.id(), failure("The table is gone.", NOON.plusMillis(1)), 2, landing.body())),
        ledger.deadLetters(10));
    assertEquals(List.of(), claim(10, NOON.plusSeconds(3600)));
  }

  @Test
  void aReleasedLandingIsDueAtOnceAndTheAttemptDoesNotCount() throws Exception {
    recordNew(landing("a"));
    Claim first = claimOne(NOON);
    settle(first, new Settlement.Released(Map.of()));
    Claim second = claimOne(NOON);
    assertEquals(1, second.landing().attempts());
    assertFalse(ledger.settle(first, stored()), "settled with the token of before");
    settle(second, stored());
  }

  @Test
  void aClaimIsSettledOnce() throws Exception {
    List<Settlement> ways =
        List.of(stored(), retryAt(NOON), dead(NOON), new Settlement.Released(Map.of()));
    for (int way = 0; way < ways.size(); way++) {
      recordNew(landing("settled in way " + way, NOON.minusSeconds(way), null));
      Claim claim = claim(1, NOON).get(0);
      settle(claim, ways.get(way));
      for (Settlement again : ways) {
        assertFalse(ledger.settle(claim, again), again + " after " + ways.get(way));
      }
    }
    assertEquals(2, claim(10, NOON).size());
    assertEquals(1, ledger.deadLetters(10).size());
  }

  @Test
  void aLandingIsRecordedWithTheAttemptsAndReceiptsItComesWith() throws Exception {
    Landing moved =
        new Landing(id("a"), NOON, null, body("body"), 3, Map.of("folder", receipt("/1.csv")));
    recordNew(moved);
    assertEquals(
        new Landing(moved.id(), NOON, null, moved.body(), 4, moved.receipts()),
        claimOne(NOON).landing());
  }

  @Test
  void aClosedLedgerTakesNothingMore() throws Exception {
    recordNew(landing("a"));
    Claim claim = claimOne(NOON);
    ledger.close();
    ledger.close();
    ExecutionException refused = assertThrows(ExecutionException.class, () -> record(landing("b")));
    assertInstanceOf(LedgerException.class, refused.getCause());
    assertThrows(LedgerException.class, () -> claim(1, NOON));
    assertThrows(LedgerException.class, () -> ledger.settle(claim, stored()));
  }

  @RepeatedTest(10)
  void anySequenceOfCallsAgreesWithTheSimplestLedger(RepetitionInfo seed) throws Exception {
    new LedgerModel(new Random(seed.getCurrentRepetition())).compareWith(ledger, 200);
  }

  @Test
  void aLongQuietTimeChangesNothing() throws Exception {
    recordNew(landing("a"));
    settle(claimOne(NOON), dead(NOON));
    recordNew(landing("b"));
    settle(claimOne(NOON), stored());
    assertEquals(List.of(), claim(10, NOON.plusSeconds(3_000_000_000L)));
    assertEquals(
        List.of(
            new Recorded(id("a"), false, LandingState.DEAD),
            new Recorded(id("b"), false, LandingState.STORED)),
        record(landing("a"), landing("b")));
  }
}
