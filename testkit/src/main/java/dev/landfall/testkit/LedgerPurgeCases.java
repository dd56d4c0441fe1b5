package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.spi.Arrival;
import dev.landfall.spi.Claim;
import dev.landfall.spi.DeadLetter;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingQuery;
import dev.landfall.spi.LandingReport;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Settlement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is forgotten: landings that ended long ago, and deliveries that are no events. */
abstract class LedgerPurgeCases extends LedgerFindCases {

  private static final Instant FAR = NOON.plusSeconds(1_000_000_000);

  private Set<String> known() {
    return Set.copyOf(eventsIn(ledger.find(LandingQuery.all(), 1_000)));
  }

  @Test
  void onlyWhatEndedBeforeTheTimeIsForgotten() throws Exception {
    end(landing("a"), stored(), NOON);
    end(landing("b"), stored(), NOON.plusMillis(1));
    recordNew(landing("c"));
    ledger.discard(id("c"), "Not wanted.", BARE, NOON.plusMillis(2));
    assertEquals(0, ledger.purge(NOON, 100));
    assertEquals(1, ledger.purge(NOON.plusMillis(1), 100));
    assertEquals(Set.of("b", "c"), known());
    assertEquals(1, ledger.purge(NOON.plusMillis(1).plusNanos(1), 100), "a moment after");
    assertEquals(1, ledger.purge(NOON.plusMillis(3), 100));
    assertEquals(Set.of(), known());
    assertEquals(0, ledger.purge(FAR, 100));
  }

  @Test
  void neitherPendingNorDeadLandingsAreForgotten() throws Exception {
    end(landing("dead"), dead(NOON), NOON);
    end(landing("reopened"), stored(), NOON);
    ledger.reopen(id("reopened"), Set.of(), null, NOON);
    recordNew(landing("retried"));
    claim(10, NOON).forEach(it -> settle(it, retryAt(NOON.plusSeconds(5))));
    recordNew(landing("claimed"));
    claimOne(NOON);
    recordNew(landing("new"));
    answer(ledger.bury(body("noise"), failure("noise", NOON)));
    assertEquals(0, ledger.purge(FAR, 100));
    assertEquals(Set.of("dead", "reopened", "retried", "claimed", "new"), known());
    assertEquals(2, ledger.deadLetters(10).size());
  }

  @Test
  void whatEndedLongestAgoGoesFirst() throws Exception {
    end(landing("b", NOON, null), stored(), NOON.plusSeconds(2));
    end(landing("c", NOON.minusSeconds(9), null), stored(), NOON.plusSeconds(3));
    recordNew(landing("a", NOON.plusSeconds(9), null));
    ledger.discard(id("a"), "Not wanted.", BARE, NOON.plusSeconds(1));
    assertEquals(1, ledger.purge(FAR, 1));
    assertEquals(Set.of("b", "c"), known());
    assertEquals(1, ledger.purge(FAR, 1));
    assertEquals(Set.of("c"), known());
  }

  @Test
  void noMoreThanAskedForAreForgotten() throws Exception {
    recordNew(IntStream.range(0, 10).mapToObj(i -> landing("e-" + i)).toArray(Landing[]::new));
    claim(10, NOON).forEach(it -> settle(it, stored()));
    assertEquals(4, ledger.purge(FAR, 4));
    assertEquals(6, known().size());
    assertEquals(6, ledger.purge(FAR, 100));
    assertThrows(IllegalArgumentException.class, () -> ledger.purge(FAR, 0));
  }

  @Test
  void whatWasForgottenIsNewAndNothingIsLeftOfIt() throws Exception {
    recordNew(landing("a").inLine("line"));
    settle(claimOne(NOON), retryAt(NOON));
    Claim old = claimOne(NOON);
    settle(old, new Settlement.Stored(Map.of("folder", receipt("/exports/1.csv")), BARE));
    assertEquals(1, ledger.purge(FAR, 100));
    assertEquals(Optional.empty(), ledger.find(id("a")));
    assertFalse(ledger.reopen(id("a"), Set.of(), null, NOON));
    assertFalse(ledger.discard(id("a"), "Not wanted.", BARE, NOON));
    assertFalse(ledger.renew(old, FAR));
    assertFalse(ledger.settle(old, stored(), NOON));

    Landing again = landing("a", NOON.plusSeconds(1), null);
    recordNew(again);
    assertEquals(
        new LandingReport(again, LandingState.PENDING, null, null, null, List.of(), null),
        report("a"));
    Claim claim = claimOne(NOON);
    assertEquals(again.after(1, Map.of()), claim.landing());
    assertFalse(ledger.settle(old, stored(), NOON));
    settle(claim, stored());
  }

  @Test
  void forgettingOneLeavesTheOthersOfItsEventAndItsLine() throws Exception {
    end(landing("a").inLine("line"), stored(), NOON);
    recordNew(onRoute("audit", "a"), landing("b").inLine("line"));
    assertEquals(1, ledger.purge(FAR, 100));
    assertTrue(ledger.find(id("a", "audit")).isPresent());
    assertEquals(List.of("b"), eventsClaimed(10, NOON));
  }

  @Test
  void aForgottenControlNumberDoesNotCount() throws Exception {
    recordNew(numbered("a", 5), numbered("b", 6), numbered("c", 7));
    record(numbered("d", 5));
    List<Claim> claims = claim(10, NOON);
    settle(claims.get(0), stored(), NOON);
    settle(claims.get(2), stored(), NOON);
    assertEquals(2, ledger.purge(FAR, 100));
    assertEquals(Arrival.DOUBLED, arrivalOf(numbered("e", 5)));
    assertEquals(Arrival.IN_ORDER, arrivalOf(numbered("f", 7)));
    settle(claims.get(1), stored(), NOON);
    assertEquals(1, ledger.purge(FAR, 100));
    assertEquals(Arrival.LATE, arrivalOf(numbered("g", 6)));
  }

  private Arrival arrivalOf(Landing landing) throws Exception {
    return record(landing).get(0).arrival();
  }

  private static Landing numbered(String event, long number) {
    return Landing.first(id(event), NOON, facts(NOON, number), body("body"));
  }

  @Test
  void anExhumedDeliveryIsForgotten() throws Exception {
    answer(ledger.bury(body("noise"), failure("first", NOON)));
    answer(ledger.bury(body("other noise"), failure("other", NOON)));
    assertTrue(ledger.exhume(body("noise")));
    assertFalse(ledger.exhume(body("noise")));
    assertFalse(ledger.exhume(body("never buried")));
    assertEquals(
        List.of(body("other noise")),
        ledger.deadLetters(10).stream().map(DeadLetter::body).toList());
    answer(ledger.bury(body("noise"), failure("second", NOON.plusSeconds(1))));
    assertEquals(
        failure("second", NOON.plusSeconds(1)), ledger.deadLetters(1).get(0).failure());
  }

  @Test
  void theBodyOfALandingIsNoBuriedDelivery() throws Exception {
    end(landing("a"), dead(NOON), NOON);
    assertFalse(ledger.exhume(landing("a").body()));
    assertEquals(1, ledger.deadLetters(10).size());
  }
}
