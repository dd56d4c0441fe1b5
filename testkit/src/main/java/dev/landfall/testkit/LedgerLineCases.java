package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.spi.Claim;
import dev.landfall.spi.Landing;
import dev.landfall.spi.Settlement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lines, in which landings go one at a time and the oldest event first. */
abstract class LedgerLineCases extends LedgerClaimCases {

  private static final Instant LEASE_END = NOON.plus(LEASE);
  private static final String LINE = "customers";

  /** A landing in the line whose event happened so many seconds after noon. */
  private static Landing queued(String event, int seconds) {
    return queued(event, seconds, null);
  }

  private static Landing queued(String event, int seconds, @Nullable Long number) {
    return Landing.first(
            id(event), NOON, facts(NOON.plusSeconds(seconds), number), body("body of " + event))
        .inLine(LINE);
  }

  private Claim claimOf(String event, Instant now) {
    Claim claim = claimOne(now);
    assertEquals(List.of(event), events(List.of(claim)));
    return claim;
  }

  private void nothingIsDue(Instant now) {
    assertEquals(List.of(), eventsClaimed(10, now));
  }

  @Test
  void theLineOfALandingIsKept() throws Exception {
    for (String line : List.of("", " ", "usmf/Customer groups", "ключ 鍵 \uD83D\uDD11")) {
      Landing landing = landing("in line " + line.length()).inLine(line);
      recordNew(landing);
      assertEquals(landing.after(1, landing.receipts()), claimOne(NOON).landing());
    }
  }

  @Test
  void ofALineOneAtATimeIsHandedOutTheOldestEventFirst() throws Exception {
    recordNew(queued("c", 3), queued("a", 1), queued("b", 2));
    for (String event : List.of("a", "b", "c")) {
      Claim claim = claimOf(event, NOON);
      nothingIsDue(NOON);
      settle(claim, stored());
    }
    nothingIsDue(NOON);
  }

  @Test
  void landingsWithoutALineGoSideBySide() throws Exception {
    recordNew(queued("a", 1), landing("x"), queued("b", 2), landing("y"));
    assertEquals(List.of("a", "x", "y"), eventsClaimed(10, NOON));
  }

  @Test
  void linesGoSideBySide() throws Exception {
    List<String> names = List.of(
        "",
        " ",
        "a",
        "A",
        "á",
        "a ",
        "null",
        "it's \"quoted\"; drop table landing --",
        "注文 \uD83D\uDCE6",
        "l".repeat(3_000) + "1",
        "l".repeat(3_000) + "2");
    List<Landing> all = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      all.add(landing("first " + i).inLine(names.get(i)));
    }
    for (int i = 0; i < names.size(); i++) {
      all.add(landing("second " + i).inLine(names.get(i)));
    }
    recordNew(all.toArray(Landing[]::new));
    List<Claim> first = claim(100, NOON);
    assertEquals(
        IntStream.range(0, names.size()).mapToObj(i -> "first " + i).toList(), events(first));
    first.forEach(claim -> settle(claim, stored()));
    assertEquals(names.size(), claim(100, NOON).size());
  }

  @Test
  void equalLinesOfTwoRoutesAreTwoLines() throws Exception {
    recordNew(
        queued("a", 1),
        onRoute("audit", "b").inLine(LINE),
        onRoute("audit", "c").inLine(LINE));
    assertEquals(List.of("b"), events(claimOn(Set.of("audit"), 10, NOON)));
    assertEquals(List.of("a"), events(claimOn(Set.of("audit", ROUTE), 10, NOON)));
  }

  @Test
  void theFrontsOfLinesComeByTheirDeadlines() throws Exception {
    recordNew(
        queued("front", 1).before(NOON.plusSeconds(90)),
        queued("behind", 2).before(NOON.plusSeconds(10)),
        landing("x", NOON, NOON.plusSeconds(60)),
        landing("y", NOON, null));
    assertEquals(List.of("x", "front", "y"), eventsClaimed(10, NOON));
  }

  @Test
  void eventsOfOneTimeGoByControlNumberThenAsTheyWereRecorded() throws Exception {
    record(
        queued("number 3", 0, 3L),
        queued("none z", 0, null),
        queued("number -2", 0, -2L),
        queued("none a", 0, null));
    record(queued("number 3 again", 0, 3L), queued("number 1", 0, 1L), queued("older", -1, 99L));
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      Claim claim = claimOne(NOON);
      order.addAll(events(List.of(claim)));
      settle(claim, stored());
    }
    assertEquals(
        List.of("older", "none z", "none a", "number -2", "number 1", "number 3", "number 3 again"),
        order);
  }

  @Test
  void aRetryKeepsTheLineWaiting() throws Exception {
    recordNew(queued("a", 1), queued("b", 2));
    settle(claimOf("a", NOON), retryAt(NOON.plusSeconds(5)));
    nothingIsDue(NOON.plusMillis(4_999));
    settle(claimOf("a", NOON.plusSeconds(5)), stored());
    claimOf("b", NOON.plusSeconds(5));
  }

  @Test
  void aReleasedOneComesFirstAgain() throws Exception {
    recordNew(queued("a", 1), queued("b", 2));
    settle(claimOf("a", NOON), released());
    claimOf("a", NOON);
  }

  @Test
  void whoeverEndsLetsTheNextGo() throws Exception {
    recordNew(queued("a", 1), queued("b", 2), queued("c", 3), queued("d", 4), queued("e", 5));
    settle(claimOf("a", NOON), stored());
    settle(claimOf("b", NOON), dead(NOON));
    assertTrue(ledger.discard(id("c"), "Not wanted.", BARE, NOON));
    Claim d = claimOf("d", NOON);
    assertTrue(ledger.discard(id("d"), "Not wanted.", BARE, NOON));
    claimOf("e", NOON);
    assertFalse(ledger.settle(d, stored(), NOON));
    nothingIsDue(NOON);
  }

  @Test
  void anOlderOneGoesFirstUnlessTheFrontIsClaimed() throws Exception {
    recordNew(queued("c", 3));
    recordNew(queued("b", 2));
    Claim b = claimOf("b", NOON);
    recordNew(queued("a", 1));
    nothingIsDue(NOON);
    assertTrue(ledger.renew(b, NOON.plusSeconds(90)));
    nothingIsDue(LEASE_END);
    settle(b, released());
    settle(claimOf("a", NOON), stored());
    settle(claimOf("b", NOON), stored());
    claimOf("c", NOON);
  }

  @Test
  void anOlderOneOvertakesAWaitingRetry() throws Exception {
    recordNew(queued("b", 2));
    settle(claimOf("b", NOON), retryAt(NOON.plusSeconds(5)));
    recordNew(queued("a", 1));
    Claim a = claimOf("a", NOON);
    nothingIsDue(NOON.plusSeconds(5));
    settle(a, retryAt(NOON.plusSeconds(20)));
    nothingIsDue(NOON.plusSeconds(19));
    settle(claimOf("a", NOON.plusSeconds(20)), stored());
    claimOf("b", NOON.plusSeconds(20));
  }

  @Test
  void aLostLeaseHandsOutTheSameLandingAgain() throws Exception {
    recordNew(queued("a", 1), queued("b", 2));
    Claim lost = claimOf("a", NOON);
    nothingIsDue(LEASE_END.minusMillis(1));
    Claim taken = claimOf("a", LEASE_END);
    assertFalse(ledger.settle(lost, stored(), LEASE_END));
    nothingIsDue(LEASE_END);
    settle(taken, stored());
    claimOf("b", LEASE_END);
  }

  @Test
  void anOlderOneTakesThePlaceOfALostLease() throws Exception {
    recordNew(queued("b", 2));
    Claim lost = claimOf("b", NOON);
    recordNew(queued("a", 1));
    Claim a = claimOf("a", LEASE_END);
    assertFalse(ledger.renew(lost, LEASE_END.plusSeconds(60)), "two of one line at once");
    assertFalse(ledger.settle(lost, stored(), LEASE_END), "two of one line at once");
    nothingIsDue(LEASE_END);
    settle(a, stored());
    assertEquals(2, claimOf("b", LEASE_END).landing().attempts());
  }

  @Test
  void aLeaseThatRanOutKeepsItsLineIfItIsRenewedBeforeAnotherGoes() throws Exception {
    recordNew(queued("b", 2));
    Claim b = claimOf("b", NOON);
    recordNew(queued("a", 1), landing("urgent", NOON, NOON));
    assertEquals(List.of("urgent"), eventsClaimed(1, LEASE_END));
    assertTrue(ledger.renew(b, LEASE_END.plusSeconds(60)));
    recordNew(queued("older than a", 0));
    nothingIsDue(LEASE_END.plusSeconds(59));
    settle(b, stored());
    claimOf("older than a", LEASE_END.plusSeconds(59));
  }

  @Test
  void anOlderOneGoesBeforeALostLeaseThatWasSeenButNotTaken() throws Exception {
    recordNew(queued("b", 2), landing("urgent", NOON, NOON.plusSeconds(9)));
    claim(2, NOON);
    assertEquals(List.of("urgent"), eventsClaimed(1, LEASE_END));
    recordNew(queued("a", 1));
    claimOf("a", LEASE_END);
  }

  @Test
  void aReopenedLandingGoesBackIntoItsLine() throws Exception {
    recordNew(queued("a", 1), queued("b", 2), queued("c", 3), queued("d", 4));
    settle(claimOf("a", NOON), dead(NOON));
    settle(claimOf("b", NOON), stored());
    Claim c = claimOf("c", NOON);
    assertTrue(ledger.reopen(id("b"), Set.of(), null, NOON.plusSeconds(1)));
    assertTrue(ledger.reopen(id("a"), Set.of(), null, NOON.plusSeconds(2)));
    nothingIsDue(NOON.plusSeconds(2));
    settle(c, released());
    for (String event : List.of("a", "b", "c", "d")) {
      settle(claimOf(event, NOON.plusSeconds(2)), stored());
    }
  }

  @Test
  void aLineThatWasWorkedOffBeginsAnew() throws Exception {
    for (int round = 5; round > 0; round--) {
      recordNew(queued("second of " + round, round * 10 + 1), queued("of " + round, round * 10));
      settle(claimOf("of " + round, NOON), stored());
      settle(claimOf("second of " + round, NOON), stored());
    }
  }

  @Test
  void aLineOfAThousandGoesInOrder() throws Exception {
    List<Landing> shuffled = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      shuffled.add(queued("event " + i, i / 10, i % 10 == 0 ? null : (long) i));
    }
    Collections.shuffle(shuffled, new Random(1));
    record(shuffled.toArray(Landing[]::new));
    Settlement stored = stored();
    for (int i = 0; i < 1_000; i++) {
      settle(claimOf("event " + i, NOON), stored);
    }
    nothingIsDue(NOON);
  }
}
