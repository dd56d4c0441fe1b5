package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.landfall.file.Receipt;
import dev.landfall.spi.Claim;
import dev.landfall.spi.DeadLetter;
import dev.landfall.spi.FailedAttempt;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingReport;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Settlement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How attempts end, what is kept of them and what is told of a landing meanwhile. */
abstract class LedgerOutcomeCases extends LedgerLineCases {

  private static Settlement retry(Failure failure) {
    return new Settlement.Retry(Map.of(), failure, NOON);
  }

  @Test
  void aStoredLandingIsDone() throws Exception {
    end(landing("a"), stored(), NOON);
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
  void receiptsOfStoredAndDeadLandingsAreKept() throws Exception {
    Map<String, Receipt> receipts = Map.of("folder", receipt("/exports/1.csv"));
    end(landing("stored"), new Settlement.Stored(receipts, BARE), NOON);
    end(landing("dead"), new Settlement.Dead(receipts, failure("gone", NOON)), NOON);
    assertEquals(receipts, report("stored").landing().receipts());
    assertEquals(receipts, report("dead").landing().receipts());
  }

  @Test
  void aDeadLandingIsListedWithAllThatAPersonNeeds() throws Exception {
    Landing landing = landing("a");
    Failure first = failure("The disk is full.", NOON);
    Failure last = failure("The table is gone.", NOON.plusMillis(1));
    recordNew(landing);
    settle(claimOne(NOON), retry(first));
    settle(claimOne(NOON), new Settlement.Dead(Map.of(), last));
    assertEquals(
        List.of(new DeadLetter(
            landing.id(),
            last,
            2,
            List.of(new FailedAttempt(1, first), new FailedAttempt(2, last)),
            landing.body())),
        ledger.deadLetters(10));
    assertEquals(List.of(), claim(10, NOON.plusSeconds(3600)));
  }

  @Test
  void aReleasedLandingIsDueAtOnceAndTheAttemptDoesNotCount() throws Exception {
    recordNew(landing("a"));
    Claim first = claimOne(NOON);
    settle(first, released());
    Claim second = claimOne(NOON);
    assertEquals(1, second.landing().attempts());
    assertFalse(ledger.settle(first, stored(), NOON), "settled with the token of before");
    settle(second, stored());
  }

  @Test
  void aClaimIsSettledOnce() throws Exception {
    List<Settlement> ways = List.of(stored(), retryAt(NOON), dead(NOON), released());
    for (int way = 0; way < ways.size(); way++) {
      recordNew(landing("settled in way " + way, NOON.minusSeconds(way), null));
      Claim claim = claim(1, NOON).get(0);
      settle(claim, ways.get(way));
      for (Settlement again : ways) {
        assertFalse(ledger.settle(claim, again, NOON), again + " after " + ways.get(way));
      }
    }
    assertEquals(2, claim(10, NOON).size());
    assertEquals(1, ledger.deadLetters(10).size());
  }

  @Test
  void aLandingIsRecordedWithAllItComesWith() throws Exception {
    Landing moved = new Landing(
        id("a"),
        NOON.minusSeconds(7200),
        NOON.minusSeconds(60),
        NOON.plusSeconds(60),
        facts(NOON.minusSeconds(7201), 12L),
        "line",
        body("body"),
        3,
        Map.of("folder", receipt("/1.csv")));
    recordNew(moved);
    assertEquals(moved, report("a").landing());
    Claim claim = claimOne(NOON);
    assertEquals(moved.after(4, moved.receipts()), claim.landing());
    settle(claim, dead(NOON));
    assertEquals(4, report("a").history().get(0).number());
  }

  @Test
  void theHistoryTellsWhichAttemptsFailedAndWhy() throws Exception {
    recordNew(landing("a"));
    Failure first = failure("first", NOON);
    Failure third = failure("third", NOON.plusMillis(2));
    Failure fourth = failure("fourth", NOON.plusMillis(1));
    settle(claimOne(NOON), retry(first));
    claimOne(NOON);
    Instant later = NOON.plus(LEASE);
    settle(claimOne(later), retry(third));
    settle(claimOne(later), released());
    settle(claimOne(later), retry(fourth));
    assertEquals(
        List.of(
            new FailedAttempt(1, first), new FailedAttempt(3, third), new FailedAttempt(4, fourth)),
        report("a").history());
    assertEquals(fourth, report("a").failure());
  }

  @Test
  void theLatestThirtyTwoFailuresAreKept() throws Exception {
    recordNew(landing("a"), landing("b", NOON.plusSeconds(1), null));
    List<FailedAttempt> all = new ArrayList<>();
    for (int attempt = 1; attempt <= 40; attempt++) {
      Failure failure = failure("attempt " + attempt, NOON.plusMillis(attempt % 3));
      settle(claim(1, NOON).get(0), retry(failure));
      all.add(new FailedAttempt(attempt, failure));
      if (attempt == 32) {
        assertEquals(all, report("a").history());
      }
    }
    assertEquals(all.subList(8, 40), report("a").history());
    Failure last = failure("the end", NOON);
    settle(claim(1, NOON).get(0), new Settlement.Dead(Map.of(), last));
    all.add(new FailedAttempt(41, last));
    assertEquals(all.subList(9, 41), report("a").history());
    assertEquals(all.subList(9, 41), ledger.deadLetters(1).get(0).history());
    assertEquals(List.of(), report("b").history(), "of another landing");
  }

  @Test
  void aReportTellsHowFarALandingIs() throws Exception {
    Landing landing = landing("a", NOON, NOON.plusSeconds(3600));
    recordNew(landing);
    assertEquals(pending(landing, null), report("a"));

    Claim claim = claimOne(NOON);
    assertEquals(pending(claim.landing(), NOON.plus(LEASE)), report("a"));
    ledger.renew(claim, NOON.plusSeconds(90));
    assertEquals(pending(claim.landing(), NOON.plusSeconds(90)), report("a"));
    settle(claim, released());
    assertEquals(pending(landing, null), report("a"));

    Failure failure = failure("The disk is full.", NOON);
    settle(
        claimOne(NOON),
        new Settlement.Retry(Map.of("s", receipt("/1")), failure, NOON.plusSeconds(5)));
    Landing tried = landing.after(1, Map.of("s", receipt("/1")));
    List<FailedAttempt> history = List.of(new FailedAttempt(1, failure));
    assertEquals(
        new LandingReport(
            tried, LandingState.PENDING, NOON.plusSeconds(5), null, failure, history, null),
        report("a"));
  }

  private static LandingReport pending(Landing landing, @Nullable Instant due) {
    return new LandingReport(landing, LandingState.PENDING, due, null, null, List.of(), null);
  }

  @Test
  void aReportTellsHowALandingEnded() throws Exception {
    Failure failure = failure("The disk is full.", NOON);
    recordNew(landing("stored"));
    settle(claimOne(NOON), retry(failure));
    settle(claimOne(NOON), stored(), NOON.plusMillis(7));
    LandingReport stored = report("stored");
    assertEquals(LandingState.STORED, stored.state());
    assertEquals(NOON.plusMillis(7), stored.ended());
    assertEquals(null, stored.due());
    assertEquals(null, stored.failure(), "it was stored since");
    assertEquals(List.of(new FailedAttempt(1, failure)), stored.history());

    end(landing("dead"), new Settlement.Dead(Map.of(), failure), NOON.plusMillis(8));
    assertEquals(
        new LandingReport(
            landing("dead").after(1, Map.of()),
            LandingState.DEAD,
            null,
            NOON.plusMillis(8),
            failure,
            List.of(new FailedAttempt(1, failure)),
            null),
        report("dead"));
  }

  @Test
  void aStoredLandingKeepsTheBodyOfItsSettlementAlone() throws Exception {
    end(landing("a"), new Settlement.Stored(Map.of(), body("bare")), NOON);
    assertEquals(body("bare"), report("a").landing().body());
    record(landing("a"));
    assertEquals(body("bare"), report("a").landing().body());
  }

  @Test
  void instantsAreKeptToTheMillisecond() throws Exception {
    Instant odd = NOON.plusNanos(1_999_999);
    Instant whole = NOON.plusMillis(1);
    recordNew(landing("a"));
    Claim claim = ledger.claim(1, Set.of(ROUTE), NOON, odd).get(0);
    assertEquals(whole, report("a").due());
    settle(claim, retryAt(odd));
    assertEquals(whole, report("a").due());
    settle(claimOne(NOON.plusMillis(2)), stored(), odd);
    assertEquals(whole, report("a").ended());
    ledger.reopen(id("a"), Set.of(), odd, odd);
    assertEquals(whole, report("a").landing().openedAt());
    assertEquals(whole, report("a").landing().deadline());
    ledger.discard(id("a"), "Not wanted.", BARE, odd);
    assertEquals(whole, report("a").ended());
  }

  @Test
  void manyReceiptsOfOneLandingAreKept() throws Exception {
    Map<String, Receipt> receipts = new HashMap<>();
    IntStream.range(0, 100).forEach(i -> receipts.put("sink " + i, new Receipt("/" + i, i, null)));
    end(landing("a"), new Settlement.Stored(receipts, BARE), NOON);
    assertEquals(receipts, report("a").landing().receipts());
  }
}
