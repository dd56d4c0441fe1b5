package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.spi.Claim;
import dev.landfall.spi.DeadLetter;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Ledger;
import dev.landfall.spi.Recorded;
import dev.landfall.spi.Settlement;
import java.util.List;
import java.util.Map;
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
    assertEquals(List.of(new Recorded(none.id(), false, LandingState.PENDING)), record(none));
    assertEquals(
        List.of(attempted(early, 1), attempted(late, 1), attempted(none, 1)),
        claim(10, NOON).stream().map(Claim::landing).toList());
  }

  @Test
  void outcomesSurvive() throws Exception {
    recordNew(landing("stored"), landing("dead"), landing("retried"), landing("released"));
    List<Claim> claims = claim(4, NOON);
    Settlement half = new Settlement.Released(Map.of("folder", receipt("/exports/1.csv")));
    settle(claims.get(0), stored());
    settle(claims.get(1), dead(NOON));
    settle(claims.get(2), retryAt(NOON.plusSeconds(5)));
    settle(claims.get(3), half);
    answer(ledger.bury(body("noise"), failure("noise", NOON.minusSeconds(1))));
    restart();
    assertEquals(
        List.of(
            new Recorded(id("stored"), false, LandingState.STORED),
            new Recorded(id("dead"), false, LandingState.DEAD)),
        record(landing("stored"), landing("dead")));
    assertEquals(
        List.of(
            new DeadLetter(
                id("dead"), failure("The table is gone.", NOON), 1, body("body of dead")),
            new DeadLetter(null, failure("noise", NOON.minusSeconds(1)), 0, body("noise"))),
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
    return new Landing(
        landing.id(),
        landing.recordedAt(),
        landing.deadline(),
        landing.body(),
        attempts,
        landing.receipts());
  }
}
