package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.file.Receipt;
import dev.landfall.spi.Claim;
import dev.landfall.spi.FailedAttempt;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingReport;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Settlement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a person does to landings: replay and discard. */
abstract class LedgerReplayCases extends LedgerOutcomeCases {

  private static final Instant LATER = NOON.plusSeconds(3600);
  private static final Map<String, Receipt> TWO =
      Map.of("folder", receipt("/exports/1.csv"), "table", receipt("table a").withRecords(3));

  private boolean reopen(String event) {
    return ledger.reopen(id(event), Set.of(), null, LATER);
  }

  private boolean discard(String event) {
    return ledger.discard(id(event), "Not wanted.", BARE, LATER);
  }

  @Test
  void aReopenedLandingIsTriedFromTheBeginning() throws Exception {
    Landing landing = landing("a", NOON, NOON.plusSeconds(60));
    recordNew(landing);
    settle(claimOne(NOON), retryAt(NOON));
    settle(claimOne(NOON), new Settlement.Dead(TWO, failure("gone", NOON)));
    List<FailedAttempt> history = report("a").history();
    assertTrue(ledger.reopen(id("a"), Set.of(), LATER.plusSeconds(60), LATER));

    Landing reopened = new Landing(
        landing.id(),
        NOON,
        LATER,
        LATER.plusSeconds(60),
        landing.facts(),
        null,
        landing.body(),
        0,
        TWO);
    assertEquals(
        new LandingReport(
            reopened, LandingState.PENDING, null, null, failure("gone", NOON), history, null),
        report("a"));
    assertEquals(List.of(), ledger.deadLetters(10));
    Claim claim = claimOne(NOON);
    assertEquals(reopened.after(1, TWO), claim.landing());
    settle(claim, dead(LATER));
    assertEquals(
        List.of(1, 2, 1),
        report("a").history().stream().map(FailedAttempt::number).toList());
  }

  @Test
  void aStoredLandingCanBeReopened() throws Exception {
    recordNew(landing("a"));
    settle(claimOne(NOON), retryAt(NOON));
    settle(claimOne(NOON), new Settlement.Stored(TWO, BARE));
    assertTrue(reopen("a"));
    LandingReport report = report("a");
    assertEquals(LandingState.PENDING, report.state());
    assertEquals(null, report.ended());
    assertEquals(null, report.failure());
    assertEquals(1, report.history().size());
    assertEquals(BARE, report.landing().body());
    assertEquals(TWO, claimOne(LATER).landing().receipts());
  }

  @Test
  void aDiscardedLandingCanBeReopenedAndItsRemarkIsGone() throws Exception {
    recordNew(landing("a"));
    discard("a");
    assertTrue(reopen("a"));
    LandingReport report = report("a");
    assertEquals(LandingState.PENDING, report.state());
    assertEquals(null, report.ended());
    assertEquals(null, report.remark());
    assertEquals(BARE, claimOne(LATER).landing().body());
  }

  @Test
  void onlyTheNamedReceiptsAreForgotten() throws Exception {
    end(landing("a"), new Settlement.Stored(TWO, BARE), NOON);
    end(landing("b"), new Settlement.Stored(TWO, BARE), NOON);
    assertTrue(ledger.reopen(id("a"), Set.of("table", "Folder", "unheard of"), null, LATER));
    assertEquals(
        Map.of("folder", receipt("/exports/1.csv")), report("a").landing().receipts());
    assertEquals(TWO, report("b").landing().receipts(), "of another landing");
    settle(claimOne(LATER), stored());
    assertTrue(ledger.reopen(id("a"), TWO.keySet(), null, LATER));
    assertEquals(Map.of(), claimOne(LATER).landing().receipts());
  }

  @Test
  void reopeningReplacesTheDeadline() throws Exception {
    end(landing("a", NOON, NOON.plusSeconds(60)), stored(), NOON);
    end(landing("b"), stored(), NOON);
    assertTrue(ledger.reopen(id("a"), Set.of(), null, LATER));
    assertTrue(ledger.reopen(id("b"), Set.of(), NOON.plusMillis(61_001), LATER));
    assertEquals(null, report("a").landing().deadline());
    assertEquals(NOON.plusMillis(61_001), report("b").landing().deadline());
    assertEquals(List.of("b", "a"), eventsClaimed(10, LATER));
  }

  @Test
  void theAgeOfAReopenedLandingCountsFromItsReopening() throws Exception {
    end(landing("a", NOON.minusSeconds(60), null), stored(), NOON);
    recordNew(landing("young", LATER.plusMillis(1), null), landing("old", NOON, null));
    assertTrue(reopen("a"));
    assertEquals(List.of("old", "a", "young"), eventsClaimed(10, NOON));
    assertEquals(NOON.minusSeconds(60), report("a").landing().recordedAt());
  }

  @Test
  void whatIsPendingOrUnknownIsNotReopened() throws Exception {
    recordNew(landing("waiting"), landing("claimed"));
    assertFalse(reopen("never recorded"));
    assertFalse(reopen("waiting"));
    Claim claim = claim(1, NOON).get(0);
    assertFalse(ledger.reopen(claim.landing().id(), Set.of(), null, LATER));
    settle(claim, retryAt(NOON.plusSeconds(5)));
    assertFalse(ledger.reopen(claim.landing().id(), Set.of(), null, LATER));
    assertEquals(
        NOON.plusSeconds(5), ledger.find(claim.landing().id()).orElseThrow().due());
    assertFalse(ledger.reopen(id("waiting", "audit"), Set.of(), null, LATER), "of another route");
  }

  @Test
  void aSettledClaimIsWorthNothingAfterAReopening() throws Exception {
    recordNew(landing("a"));
    Claim old = claimOne(NOON);
    settle(old, stored());
    reopen("a");
    assertFalse(ledger.settle(old, stored(), LATER));
    assertFalse(ledger.renew(old, LATER));
    Claim taken = claimOne(LATER);
    assertFalse(ledger.settle(old, stored(), LATER));
    settle(taken, stored());
  }

  @Test
  void aLandingCanBeReopenedOverAndOver() throws Exception {
    end(landing("a"), stored(), NOON);
    for (int i = 0; i < 5; i++) {
      assertTrue(reopen("a"));
      assertFalse(reopen("a"));
      assertEquals(List.of(duplicate("a", LandingState.PENDING)), record(landing("a")));
      settle(claimOne(LATER), i % 2 == 0 ? dead(NOON) : stored());
    }
  }

  @Test
  void aDiscardedLandingIsOver() throws Exception {
    Landing landing = landing("a", NOON, NOON.plusSeconds(60)).inLine("line");
    recordNew(landing);
    settle(claimOne(NOON), new Settlement.Retry(TWO, failure("down", NOON), NOON.plusSeconds(5)));
    assertTrue(ledger.discard(id("a"), "It's the \"wrong\" ключ.", BARE, LATER));
    Landing bare = new Landing(
        landing.id(), NOON, NOON, landing.deadline(), landing.facts(), "line", BARE, 1, TWO);
    assertEquals(
        new LandingReport(
            bare,
            LandingState.DISCARDED,
            null,
            LATER,
            failure("down", NOON),
            List.of(new FailedAttempt(1, failure("down", NOON))),
            "It's the \"wrong\" ключ."),
        report("a"));
    assertEquals(List.of(), claim(10, LATER));
    assertEquals(List.of(duplicate("a", LandingState.DISCARDED)), record(landing("a")));
  }

  @Test
  void aDeadLandingThatIsDiscardedNeedsNobodyAnyMore() throws Exception {
    end(landing("a"), dead(NOON), NOON);
    assertTrue(discard("a"));
    assertEquals(List.of(), ledger.deadLetters(10));
    assertEquals(LATER, report("a").ended());
    assertEquals(BARE, report("a").landing().body());
  }

  @Test
  void whoeverWorksOnADiscardedLandingCannotGoOn() throws Exception {
    recordNew(landing("a"));
    Claim claim = claimOne(NOON);
    assertTrue(discard("a"));
    LandingReport discarded = report("a");
    assertFalse(ledger.renew(claim, LATER));
    for (Settlement way : List.of(stored(), retryAt(NOON), dead(NOON), released())) {
      assertFalse(ledger.settle(claim, way, LATER));
    }
    assertEquals(discarded, report("a"));
    assertEquals(List.of(), claim(10, LATER));
  }

  @Test
  void whatIsStoredDiscardedOrUnknownIsNotDiscarded() throws Exception {
    end(landing("stored"), stored(), NOON);
    recordNew(landing("a"));
    assertTrue(discard("a"));
    LandingReport before = report("a");
    assertFalse(ledger.discard(id("a"), "Again.", body("other"), LATER.plusSeconds(1)));
    assertEquals(before, report("a"));
    assertFalse(discard("stored"));
    assertEquals(LandingState.STORED, report("stored").state());
    assertEquals(null, report("stored").remark());
    assertFalse(discard("never recorded"));
    assertFalse(ledger.discard(id("a", "audit"), "Of another route.", BARE, LATER));
  }
}
