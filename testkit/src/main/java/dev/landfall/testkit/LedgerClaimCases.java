package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.spi.Claim;
import dev.landfall.spi.Landing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who works on what: order, leases and tokens. */
abstract class LedgerClaimCases extends LedgerArrivalCases {

  private static final Instant LEASE_END = NOON.plus(LEASE);

  @Test
  void nothingIsDueInAnEmptyLedger() {
    assertEquals(List.of(), claim(10, NOON));
  }

  @Test
  void aClaimHandsOutTheLandingAsRecordedWithOneAttempt() throws Exception {
    Landing landing = landing("a", NOON.minusMillis(1), NOON.plusMillis(7_199_999));
    recordNew(landing);
    assertEquals(landing.after(1, Map.of()), claimOne(NOON).landing());
  }

  @Test
  void aLandingRecordedAheadOfOurClockIsDueAtOnce() throws Exception {
    recordNew(landing("a", NOON.plusSeconds(30), null));
    assertEquals(List.of("a"), eventsClaimed(10, NOON));
  }

  @Test
  void theEarliestDeadlineComesFirstAndNoneLast() throws Exception {
    recordNew(
        landing("none", NOON.minusSeconds(90), null),
        landing("late", NOON, NOON.plusSeconds(3600)),
        landing("early", NOON, NOON.plusSeconds(60)),
        landing("over", NOON, NOON.minusSeconds(60)),
        landing("early by a little", NOON, NOON.plusSeconds(60).minusMillis(1)));
    assertEquals(
        List.of("over", "early by a little", "early", "late", "none"), eventsClaimed(10, NOON));
  }

  @Test
  void equalDeadlinesComeByAgeThenInTheOrderOfRecording() throws Exception {
    Instant deadline = NOON.plusSeconds(60);
    recordNew(landing("young", NOON.plusMillis(1), deadline));
    recordNew(landing("old z", NOON, deadline));
    recordNew(landing("old a", NOON, deadline));
    assertEquals(List.of("old z", "old a", "young"), eventsClaimed(10, NOON));
  }

  @Test
  void withoutDeadlinesTheOldestComesFirst() throws Exception {
    recordNew(landing("young", NOON.plusMillis(1), null));
    recordNew(landing("old z", NOON, null));
    recordNew(landing("old a", NOON, null));
    assertEquals(List.of("old z", "old a", "young"), eventsClaimed(10, NOON));
  }

  @Test
  void aRetryKeepsItsPlaceByDeadline() throws Exception {
    recordNew(landing("urgent", NOON, NOON.plusSeconds(60)));
    settle(claimOne(NOON), retryAt(NOON.plusSeconds(5)));
    recordNew(landing("later", NOON, NOON.plusSeconds(90)), landing("none"));
    assertEquals(List.of("urgent", "later"), eventsClaimed(2, NOON.plusSeconds(5)));
  }

  @Test
  void noMoreThanAskedForAreClaimed() throws Exception {
    recordNew(landing("a"), landing("b"), landing("c"));
    assertEquals(List.of("a", "b"), eventsClaimed(2, NOON));
    assertEquals(List.of("c"), eventsClaimed(2, NOON));
    assertEquals(List.of(), eventsClaimed(2, NOON));
  }

  @Test
  void fewerThanOneClaimIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> claim(0, NOON));
  }

  @Test
  void aClaimOnNoRouteIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> claimOn(Set.of(), 1, NOON));
  }

  @Test
  void landingsOfOtherRoutesAreLeftAlone() throws Exception {
    recordNew(
        onRoute("gone", "a").before(NOON),
        onRoute(ROUTE, "b").before(NOON.plusSeconds(2)),
        onRoute("audit", "c").before(NOON.plusSeconds(1)),
        onRoute("gone", "d"));
    assertEquals(List.of(), claimOn(Set.of("nothing here"), 10, NOON));
    assertEquals(List.of("c", "b"), events(claimOn(Set.of(ROUTE, "audit"), 2, NOON)));
    assertEquals(List.of(), claimOn(Set.of(ROUTE, "audit"), 10, NOON));
    assertEquals(List.of("a", "d"), events(claimOn(Set.of("gone", "audit", ROUTE), 10, NOON)));
  }

  @Test
  void retriesAndLostLeasesOfOtherRoutesAreLeftAlone() throws Exception {
    recordNew(onRoute("gone", "a"), onRoute("gone", "b"));
    settle(claimOn(Set.of("gone"), 1, NOON).get(0), retryAt(NOON));
    assertEquals(1, claimOn(Set.of("gone"), 1, NOON).size());
    assertEquals(List.of(), claim(10, LEASE_END));
    assertEquals(List.of("a", "b"), events(claimOn(Set.of("gone"), 10, LEASE_END)));
  }

  @Test
  void aClaimMayNameManyRoutes() throws Exception {
    List<String> routes = IntStream.range(0, 200).mapToObj(i -> "route " + i).toList();
    recordNew(routes.stream().map(it -> onRoute(it, "a")).toArray(Landing[]::new));
    assertEquals(200, claimOn(Set.copyOf(routes), 1_000, NOON).size());
  }

  @Test
  void aClaimedLandingIsFreeAgainWhenItsLeaseRunsOut() throws Exception {
    recordNew(landing("a"));
    Claim first = claimOne(NOON);
    assertEquals(List.of(), claim(10, LEASE_END.minusMillis(1)));
    Claim second = claimOne(LEASE_END);
    assertEquals(2, second.landing().attempts());
    assertNotEquals(first.token(), second.token());
  }

  @Test
  void whoeverLostItsLandingCanNeitherRenewNorSettle() throws Exception {
    recordNew(landing("a"));
    Claim lost = claimOne(NOON);
    Claim held = claimOne(LEASE_END);
    assertFalse(ledger.renew(lost, LEASE_END.plusSeconds(600)));
    assertFalse(ledger.settle(lost, stored(), NOON));
    assertFalse(ledger.settle(lost, dead(NOON), NOON));
    assertEquals(List.of(), ledger.deadLetters(10));
    settle(held, retryAt(LEASE_END));
    assertEquals(Map.of(), claimOne(LEASE_END).landing().receipts());
  }

  @Test
  void aLeaseThatRanOutIsStillOursUntilAnotherTakesIt() throws Exception {
    recordNew(landing("late to renew"));
    Claim first = claimOne(NOON);
    recordNew(landing("late to settle"));
    Claim second = claimOne(NOON);
    recordNew(landing("urgent", NOON, NOON));
    assertEquals(List.of("urgent"), eventsClaimed(1, LEASE_END.plusSeconds(1)));
    assertTrue(ledger.renew(first, LEASE_END.plusSeconds(60)));
    settle(second, stored());
    assertEquals(List.of(), claim(10, LEASE_END.plusSeconds(59)));
    assertEquals(
        "late to renew",
        claim(1, LEASE_END.plusSeconds(60)).get(0).landing().id().event().value());
  }

  @Test
  void aRenewedClaimIsKeptUntilItsNewEnd() throws Exception {
    recordNew(landing("a"));
    Claim claim = claimOne(NOON);
    assertTrue(ledger.renew(claim, LEASE_END.plusSeconds(30)));
    assertEquals(List.of(), claim(10, LEASE_END.plusSeconds(30).minusMillis(1)));
    assertTrue(ledger.renew(claim, LEASE_END.plusSeconds(40)));
    assertEquals(List.of(), claim(10, LEASE_END.plusSeconds(40).minusMillis(1)));
    assertEquals(2, claimOne(LEASE_END.plusSeconds(40)).landing().attempts());
  }

  @Test
  void aSettledClaimCannotBeRenewed() throws Exception {
    recordNew(landing("a"));
    Claim claim = claimOne(NOON);
    settle(claim, retryAt(NOON.plusSeconds(5)));
    assertFalse(ledger.renew(claim, NOON.plusSeconds(600)));
    assertEquals(List.of("a"), eventsClaimed(10, NOON.plusSeconds(5)));
  }

  @Test
  void aTokenOfAnotherLandingIsWorthNothing() throws Exception {
    recordNew(landing("a"));
    Claim a = claimOne(NOON);
    recordNew(landing("b"));
    Claim b = claimOne(NOON);
    Claim mixed = new Claim(a.landing(), b.token());
    assertFalse(ledger.renew(mixed, NOON));
    assertFalse(ledger.settle(mixed, stored(), NOON));
    Claim unknown = new Claim(landing("never recorded"), b.token());
    assertFalse(ledger.renew(unknown, NOON));
    assertFalse(ledger.settle(unknown, stored(), NOON));
    settle(a, stored());
    settle(b, stored());
  }
}
