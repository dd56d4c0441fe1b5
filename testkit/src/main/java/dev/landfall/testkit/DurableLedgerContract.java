package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.spi.Arrival;
import dev.landfall.spi.Backlog;
import dev.landfall.spi.Claim;
import dev.landfall.spi.DeadLetter;
import dev.landfall.spi.FailedAttempt;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingQuery;
import dev.landfall.spi.LandingReport;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Ledger;
import dev.landfall.spi.Recorded;
import dev.landfall.spi.Settlement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every ledger must do that says it is {@linkplain Ledger#durable() durable}: all of
 * {@link LedgerContract}, and what it confirmed is there when it is opened again.
 *
 * <p>Besides {@link #open()} the test of an implementation opens the same storage once more. That a
 * killed process loses nothing is for the implementation's own tests, as a contract cannot kill the
 * process it runs in.
 */
public abstract class DurableLedgerContract extends LedgerContract {

  /** For subclasses. */
  protected DurableLedgerContract() {}

  /**
   * Opens what the last {@link #open()} opened, with all that it holds; called after it was closed.
   *
   * @return the ledger as the next process finds it
   * @throws Exception if it cannot be opened, which fails the case
   */
  protected abstract Ledger reopen() throws Exception;

  @Test
  void itSaysThatItIsDurable() {
    assertTrue(ledger.durable());
  }

  @Test
  void landingsAndTheirOrderSurvive() throws Exception {
    Landing none = landing("none", NOON, null);
    Landing late = landing("late", NOON.plusMillis(1), NOON.plusMillis(7_200_001));
    Landing early = landing("early", NOON.plusMillis(2), NOON.plusMillis(60_001));
    recordNew(none, late, early);
    restart();
    assertEquals(List.of(duplicate("none", LandingState.PENDING)), record(none));
    assertEquals(
        List.of(attempted(early, 1), attempted(late, 1), attempted(none, 1)),
        claim(10, NOON).stream().map(Claim::landing).toList());
  }

  @Test
  void linesAndControlNumbersSurvive() throws Exception {
    Landing young = Landing.first(id("young"), NOON, facts(NOON.plusMillis(1), 5L), body("a"));
    Landing old = Landing.first(id("old"), NOON, facts(NOON, null), body("b"));
    recordNew(young.inLine("line"), old.inLine("line"));
    restart();
    assertEquals(
        List.of(Arrival.DOUBLED, Arrival.LATE),
        record(
                Landing.first(id("again"), NOON, facts(NOON.plusMillis(2), 5L), body("c"))
                    .inLine("line"),
                Landing.first(id("late"), NOON, facts(NOON.plusMillis(3), 4L), body("d"))
                    .inLine("line"))
            .stream()
            .map(Recorded::arrival)
            .toList());
    for (String event : List.of("old", "young", "again", "late")) {
      Claim claim = claimOne(NOON);
      assertEquals(List.of(event), events(List.of(claim)));
      settle(claim, stored());
    }
  }

  @Test
  void whatAPersonDidSurvives() throws Exception {
    end(landing("reopened", NOON, NOON.plusSeconds(9)), stored(), NOON);
    end(landing("purged"), stored(), NOON.minusSeconds(1));
    recordNew(landing("discarded"));
    ledger.discard(id("discarded"), "Not wanted.", BARE, NOON);
    ledger.reopen(id("reopened"), Set.of("folder"), null, NOON.plusSeconds(1));
    ledger.purge(NOON, 100);
    answer(ledger.bury(body("noise"), failure("noise", NOON)));
    ledger.exhume(body("noise"));
    List<LandingReport> before = ledger.find(LandingQuery.all(), 100);
    assertEquals(2, before.size());
    restart();
    assertEquals(before, ledger.find(LandingQuery.all(), 100));
    assertEquals(List.of(), ledger.deadLetters(10));
    assertEquals(Map.of(ROUTE, new Backlog.Waiting(1, NOON)), ledger.backlog().routes());
    recordNew(landing("purged"));
  }

  @Test
  void outcomesSurvive() throws Exception {
    recordNew(landing("stored"), landing("dead"), landing("retried"), landing("released"));
    List<Claim> claims = claim(4, NOON);
    Failure gone = failure("The table is gone.", NOON);
    Settlement half = new Settlement.Released(Map.of("folder", receipt("/exports/1.csv")));
    settle(claims.get(0), stored());
    settle(claims.get(1), dead(NOON));
    settle(claims.get(2), retryAt(NOON.plusSeconds(5)));
    settle(claims.get(3), half);
    answer(ledger.bury(body("noise"), failure("noise", NOON.minusSeconds(1))));
    restart();
    assertEquals(
        List.of(duplicate("stored", LandingState.STORED), duplicate("dead", LandingState.DEAD)),
        record(landing("stored"), landing("dead")));
    assertEquals(
        List.of(
            new DeadLetter(
                id("dead"), gone, 1, List.of(new FailedAttempt(1, gone)), body("body of dead")),
            new DeadLetter(
                null, failure("noise", NOON.minusSeconds(1)), 0, List.of(), body("noise"))),
        ledger.deadLetters(10));
    Claim released = claimOne(NOON);
    assertEquals(id("released"), released.landing().id());
    assertEquals(1, released.landing().attempts());
    assertEquals(half.receipts(), released.landing().receipts());
    assertEquals(attempted(landing("retried"), 2), claimOne(NOON.plusSeconds(5)).landing());
  }

  @Test
  void whatWasClaimedIsFreeAgainWhenItsLeaseRunsOutAtTheLatest() throws Exception {
    recordNew(landing("a"));
    Claim lost = claimOne(NOON);
    restart();
    Claim taken = claimOne(NOON.plus(LEASE));
    assertEquals(2, taken.landing().attempts());
    assertNotEquals(lost.token(), taken.token());
  }

  @Test
  void equalDeliveriesThatAreNoEventsAreKeptOnceAcrossARestart() throws Exception {
    answer(ledger.bury(body("noise"), failure("noise", NOON)));
    restart();
    answer(ledger.bury(body("noise"), failure("noise", NOON)));
    assertEquals(1, ledger.deadLetters(10).size());
  }

  private void restart() throws Exception {
    ledger.close();
    ledger = reopen();
  }

  private static Landing attempted(Landing landing, int attempts) {
    return landing.after(attempts, landing.receipts());
  }
}
