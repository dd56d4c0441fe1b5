package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.landfall.event.Reason;
import dev.landfall.spi.Backlog;
import dev.landfall.spi.EventFacts;
import dev.landfall.spi.Failure;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is asked about landings: by criteria, by id, and how many are pending. */
abstract class LedgerFindCases extends LedgerReplayCases {

  private static final LandingQuery ALL = LandingQuery.all();

  private static Landing about(String event, @Nullable String entity, @Nullable String company) {
    return Landing.first(
        id(event), NOON, new EventFacts("type", entity, company, null, NOON), body("body"));
  }

  private static Settlement deadBecause(Reason reason) {
    return new Settlement.Dead(Map.of(), new Failure(reason, "message", NOON));
  }

  private List<String> found(LandingQuery query) {
    return eventsIn(ledger.find(query, 100));
  }

  @Test
  void nothingIsFoundInAnEmptyLedger() {
    assertEquals(List.of(), found(ALL));
    assertEquals(Optional.empty(), ledger.find(id("a")));
    assertEquals(Map.of(), ledger.backlog().routes());
    assertEquals(0, ledger.backlog().pending());
  }

  @Test
  void theLatestRecordedComesFirst() throws Exception {
    recordNew(landing("c", NOON.plusMillis(2), null), landing("a", NOON, null));
    recordNew(landing("d", NOON.plusMillis(2), null), landing("b", NOON.plusMillis(1), null));
    recordNew(onRoute("audit", "e"));
    List<String> latestFirst = List.of("d", "c", "b", "e", "a");
    assertEquals(latestFirst, found(ALL));
    for (int most = 1; most <= 6; most++) {
      assertEquals(
          latestFirst.subList(0, Math.min(most, 5)), eventsIn(ledger.find(ALL, most)), "" + most);
    }
  }

  @Test
  void reopeningDoesNotMakeALandingYounger() throws Exception {
    end(landing("a"), stored(), NOON);
    recordNew(landing("b"));
    ledger.reopen(id("a"), Set.of(), null, NOON.plusSeconds(3600));
    assertEquals(List.of("b", "a"), found(ALL));
    assertEquals(List.of(), found(ALL.since(NOON.plusMillis(1))));
  }

  @Test
  void fewerThanOneIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> ledger.find(ALL, 0));
  }

  @Test
  void aFoundLandingIsReportedAsIfItWereAskedForAlone() throws Exception {
    end(landing("stored"), stored(), NOON);
    end(landing("dead", NOON, NOON.plusSeconds(1)), dead(NOON), NOON);
    recordNew(landing("a").inLine("line"));
    settle(
        claimOne(NOON),
        new Settlement.Retry(
            Map.of("s", receipt("/1")), failure("down", NOON), NOON.plusSeconds(9)));
    recordNew(landing("b").inLine("line"));
    ledger.discard(id("b"), "Not wanted.", BARE, NOON);
    List<LandingReport> reports = ledger.find(ALL, 100);
    assertEquals(4, reports.size());
    for (LandingReport report : reports) {
      assertEquals(Optional.of(report), ledger.find(report.landing().id()));
    }
  }

  @Test
  void byRoute() throws Exception {
    recordNew(onRoute("orders", "a"), onRoute("Orders", "b"), onRoute("orders ", "c"));
    recordNew(onRoute("orders", "d"));
    assertEquals(List.of("d", "a"), found(ALL.on("orders")));
    assertEquals(List.of("b"), found(ALL.on("Orders")));
    assertEquals(List.of(), found(ALL.on("order%")));
    assertEquals(Optional.empty(), ledger.find(id("a", "Orders")));
  }

  @Test
  void byState() throws Exception {
    end(landing("stored"), stored(), NOON);
    end(landing("dead"), dead(NOON), NOON);
    recordNew(landing("discarded"));
    ledger.discard(id("discarded"), "Not wanted.", BARE, NOON);
    recordNew(landing("claimed"));
    claimOne(NOON);
    recordNew(landing("waiting"));
    assertEquals(List.of("waiting", "claimed"), found(ALL.in(LandingState.PENDING)));
    assertEquals(List.of("stored"), found(ALL.in(LandingState.STORED)));
    assertEquals(List.of("dead"), found(LandingQuery.dead()));
    assertEquals(List.of("discarded"), found(ALL.in(LandingState.DISCARDED)));
  }

  @Test
  void byEntityInAnyCase() throws Exception {
    recordNew(
        about("a", "Customer groups", "usmf"),
        about("b", "Größen", "usmf"),
        about("c", "Клиенты", null),
        about("d", "100%", "usmf"),
        about("e", null, "usmf"),
        about("f", "", "usmf"));
    assertEquals(List.of("a"), found(ALL.ofEntity("CUSTOMER GROUPS")));
    assertEquals(List.of("a"), found(ALL.ofEntity("customer groups")));
    assertEquals(List.of(), found(ALL.ofEntity("customer")));
    assertEquals(List.of("b"), found(ALL.ofEntity("GRÖßEN")));
    assertEquals(List.of("c"), found(ALL.ofEntity("КЛИЕНТЫ")));
    assertEquals(List.of("d"), found(ALL.ofEntity("100%")));
    assertEquals(List.of(), found(ALL.ofEntity("1_0%")));
    assertEquals(List.of("f"), found(ALL.ofEntity("")));
    assertEquals(List.of(), found(ALL.ofEntity("it's \"not\" here")));
  }

  @Test
  void byCompanyInAnyCase() throws Exception {
    recordNew(about("a", "x", "usmf"), about("b", "x", "üsmf"), about("c", "x", null));
    assertEquals(List.of("a"), found(ALL.ofLegalEntity("USMF")));
    assertEquals(List.of("b"), found(ALL.ofLegalEntity("Üsmf")));
    assertEquals(List.of(), found(ALL.ofLegalEntity("us%")));
  }

  @Test
  void byTheReasonOfTheLastFailure() throws Exception {
    end(landing("a"), deadBecause(Reason.SINK_REJECTED), NOON);
    end(landing("b"), deadBecause(Reason.LINK_EXPIRED), NOON);
    recordNew(landing("c"));
    settle(
        claimOne(NOON),
        new Settlement.Retry(
            Map.of(), new Failure(Reason.SINK_REJECTED, "message", NOON), NOON.plusSeconds(5)));
    assertEquals(List.of("c", "a"), found(ALL.because(Reason.SINK_REJECTED)));
    settle(claimOne(NOON.plusSeconds(5)), deadBecause(Reason.LINK_EXPIRED));
    recordNew(landing("d"));
    assertEquals(List.of("a"), found(ALL.because(Reason.SINK_REJECTED)));
    assertEquals(List.of("c", "b"), found(ALL.because(Reason.LINK_EXPIRED)));
    assertEquals(List.of(), found(ALL.because(Reason.TOO_LARGE)));
  }

  @Test
  void aStoredLandingIsNotFoundByWhatFailedBefore() throws Exception {
    recordNew(landing("a"));
    settle(claimOne(NOON), retryAt(NOON));
    settle(claimOne(NOON), stored());
    assertEquals(List.of(), found(ALL.because(Reason.SINK_UNAVAILABLE)));
  }

  @Test
  void byTheTimeOfRecording() throws Exception {
    recordNew(
        landing("a", NOON.minusMillis(1), null),
        landing("b", NOON, null),
        landing("c", NOON.plusMillis(1), null));
    assertEquals(List.of("c", "b"), found(ALL.since(NOON)));
    assertEquals(List.of("a"), found(ALL.before(NOON)));
    assertEquals(List.of("b"), found(ALL.since(NOON).before(NOON.plusMillis(1))));
    assertEquals(List.of(), found(ALL.since(NOON).before(NOON)));
    assertEquals(List.of("c"), found(ALL.since(NOON.plusNanos(1))), "a moment after");
    assertEquals(List.of("b", "a"), found(ALL.before(NOON.plusNanos(1))), "a moment after");
  }

  @Test
  void byAllOfItTogether() throws Exception {
    LandingQuery all = ALL.on(ROUTE)
        .in(LandingState.DEAD)
        .ofEntity("CUSTOMER GROUPS")
        .ofLegalEntity("USMF")
        .because(Reason.SINK_UNAVAILABLE)
        .since(NOON)
        .before(NOON.plusSeconds(1));
    end(landing("a"), dead(NOON), NOON);
    end(onRoute("audit", "other route"), dead(NOON), NOON);
    end(landing("other state"), stored(), NOON);
    end(about("other entity", "Vendors", "usmf"), dead(NOON), NOON);
    end(about("other company", "Customer groups", "dat"), dead(NOON), NOON);
    end(landing("other reason"), deadBecause(Reason.TOO_LARGE), NOON);
    end(landing("earlier", NOON.minusMillis(1), null), dead(NOON), NOON);
    end(landing("later", NOON.plusSeconds(1), null), dead(NOON), NOON);
    end(landing("b"), dead(NOON), NOON);
    assertEquals(List.of("b", "a"), found(all));
    assertEquals(List.of("b"), eventsIn(ledger.find(all, 1)));
  }

  @Test
  void theBacklogCountsWhatIsPendingOnEachRoute() throws Exception {
    recordNew(
        landing("new", NOON.plusMillis(3), null),
        landing("queued", NOON.plusMillis(2), null).inLine("line"),
        landing("queued behind", NOON.plusMillis(1), null).inLine("line"),
        onRoute("audit", "a"));
    assertBacklog(Map.of(ROUTE, waiting(3, 1), "audit", waiting(1, 0)));
    var claims = claim(10, NOON.plusMillis(3));
    assertBacklog(Map.of(ROUTE, waiting(3, 1), "audit", waiting(1, 0)));
    settle(claims.get(0), stored());
    settle(claims.get(1), retryAt(NOON.plusSeconds(5)));
    assertEquals(3, ledger.backlog().pending());
    settle(claimOn(Set.of("audit"), 1, NOON).get(0), dead(NOON));
    ledger.discard(id("queued behind"), "Not wanted.", BARE, NOON);
    answer(ledger.bury(body("noise"), failure("noise", NOON)));
    assertEquals(Set.of(ROUTE), ledger.backlog().routes().keySet());
    assertEquals(1, ledger.backlog().pending());
  }

  @Test
  void theBacklogCountsReopenedLandingsFromWhenTheyWereRecorded() throws Exception {
    end(landing("a", NOON.minusMillis(7), null), stored(), NOON);
    recordNew(landing("b"));
    assertBacklog(Map.of(ROUTE, waiting(1, 0)));
    ledger.reopen(id("a"), Set.of(), null, NOON.plusSeconds(5));
    assertBacklog(Map.of(ROUTE, waiting(2, -7)));
    assertEquals(Optional.of(NOON.minusMillis(7)), ledger.backlog().oldest());
  }

  private void assertBacklog(Map<String, Backlog.Waiting> expected) {
    assertEquals(expected, ledger.backlog().routes());
  }

  private static Backlog.Waiting waiting(long count, long millis) {
    Instant oldest = NOON.plusMillis(millis);
    return new Backlog.Waiting(count, oldest);
  }
}
