package dev.landfall;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.Replayed.Outcome;
import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.event.BusinessEvent;
import dev.landfall.event.EventId;
import dev.landfall.event.RawEvent;
import dev.landfall.event.Reason;
import dev.landfall.file.FileReference;
import dev.landfall.file.Receipt;
import dev.landfall.file.SignedLink;
import dev.landfall.file.SignedLinks;
import dev.landfall.json.EventReader;
import dev.landfall.spi.FileLocator;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.LandingQuery;
import dev.landfall.spi.LandingReport;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.SinkException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a person does with landings. */
class LedgerAdminTest extends PipelineCase {

  private final AtomicBoolean broken = new AtomicBoolean(true);
  private final Scripted good = Scripted.sink("good", (file, call) -> Receipt.of("good", file));
  private final Scripted table = Scripted.sink("table", (file, call) -> {
    if (broken.get()) {
      throw SinkException.rejected("There is no table.", null);
    }
    return Receipt.of("table", file);
  });

  private static LandingId id(String event) {
    return new LandingId(new EventId(event), "exports");
  }

  private Pipeline startWithADeadLetter() throws Exception {
    Pipeline pipeline = start(pipeline(ledger).route(fetching().store(good).store(table)));
    source.answerTo(event("e-1"));
    steps.await("died e-1");
    return pipeline;
  }

  private static Outcome only(List<Replayed> outcomes) {
    assertEquals(1, outcomes.size());
    return outcomes.get(0).outcome();
  }

  @Test
  void aDeadLandingIsShownWithAllThatIsKnown() throws Exception {
    LedgerAdmin admin = startWithADeadLetter().admin();
    LandingReport report = admin.show(id("e-1")).orElseThrow();
    assertEquals(LandingState.DEAD, report.state());
    assertEquals("Customer groups", report.landing().facts().entity());
    assertEquals(List.of("good"), List.copyOf(report.landing().receipts().keySet()));
    assertEquals(Reason.SINK_REJECTED, report.lastFailure().orElseThrow().reason());
    assertEquals(1, report.history().size());
    assertEquals(event("e-1"), report.landing().body());
    assertEquals(
        List.of(report),
        admin.find(LandingQuery.dead().on("exports").because(Reason.SINK_REJECTED), 10));
    assertEquals(List.of(), admin.find(LandingQuery.dead().on("others"), 10));
    assertFalse(report.toString().contains("sig="), report.toString());
    assertFalse(admin.deadLetters(1).toString().contains("sig="));
  }

  @Test
  void aReplayGoesToTheSinksThatDoNotHaveItAndNeedsNoLink() throws Exception {
    LedgerAdmin admin = startWithADeadLetter().admin();
    broken.set(false);
    assertEquals(Outcome.REPLAYED, only(admin.replay(LandingQuery.dead()).run(10)));
    steps.await("landed e-1 on exports [good, table]");
    assertEquals(1, good.calls().get());
    storage.verify(1, getRequestedFor(anyUrl()));
  }

  @Test
  void aPreviewChangesNothing() throws Exception {
    LedgerAdmin admin = startWithADeadLetter().admin();
    assertEquals(
        List.of(new Replayed(
            id("e-1"), Outcome.REPLAYED, "Its file waits in the spool; no link is needed.")),
        admin.replay(LandingQuery.dead()).preview(10));
    assertEquals(LandingState.DEAD, admin.show(id("e-1")).orElseThrow().state());
  }

  @Test
  void aStoredLandingIsReplayedToOneSinkOrAllWithAFreshLink() throws Exception {
    FileLocator reissuing = new FileLocator() {
      @Override
      public FileReference locate(BusinessEvent event) {
        return FileReference.of(SignedLink.of(SignedLinks.at(storage.baseUrl() + "/dmf/f.csv")));
      }
    };
    broken.set(false);
    LedgerAdmin admin = start(pipeline(ledger)
            .route(Route.named("exports").fetch(reissuing).store(good).store(table)))
        .admin();
    source.answerTo(event("e-1"));
    steps.await("landed e-1");
    assertEquals(Outcome.NOTHING_TO_DO, only(admin.replay(id("e-1")).run(1)));
    assertEquals(
        Outcome.SINK_GONE, only(admin.replay(id("e-1")).toSink("tables").run(1)));
    assertEquals(Outcome.REPLAYED, only(admin.replay(id("e-1")).toSink("table").run(1)));
    steps.await("landed e-1", 2);
    assertEquals(List.of(1, 2), List.of(good.calls().get(), table.calls().get()));
    assertEquals(Outcome.REPLAYED, only(admin.replay(id("e-1")).toAllSinks().run(1)));
    steps.await("landed e-1", 3);
    assertEquals(List.of(2, 3), List.of(good.calls().get(), table.calls().get()));
  }

  @Test
  void aReplayOfADeadLinkSaysSoAndTriesOnlyWhenItIsToldTo() throws Exception {
    start(pipeline(ledger).route(fetching().store(exports())));
    String dead =
        SignedLinks.at(storage.baseUrl() + "/f.csv", Instant.parse("2020-01-01T01:05:00Z"));
    source.answerTo(Exports.event("e-1", "Customers", dead));
    steps.await("died e-1 on exports LINK_EXPIRED");
    LedgerAdmin admin = started.get(0).admin();
    Replayed told = admin.replay(LandingQuery.dead()).run(10).get(0);
    assertEquals(Outcome.LINK_EXPIRED, told.outcome());
    assertTrue(told.explanation().contains("full push"), told.explanation());
    assertEquals(LandingState.DEAD, admin.show(id("e-1")).orElseThrow().state());
    assertEquals(Outcome.REPLAYED, only(admin.replay(id("e-1")).evenIfExpired().run(1)));
    steps.await("died e-1 on exports LINK_EXPIRED", 2);
  }

  @Test
  void aReplayOfADeadLinkAsksTheRouteForAFreshOne() throws Exception {
    start(pipeline(ledger).route(fetching().store(exports())));
    String dead =
        SignedLinks.at(storage.baseUrl() + "/f.csv", Instant.parse("2020-01-01T01:05:00Z"));
    source.answerTo(Exports.event("e-1", "Customers", dead));
    steps.await("died e-1 on exports LINK_EXPIRED");
    String fresh = SignedLinks.at(storage.baseUrl() + "/dmf/f.csv");
    FileLocator link = PayloadUrlLocator.field("DownloadURL");
    for (String other : List.of(dead, fresh)) {
      Route route = Route.named("exports")
          .fetch(link.or(event -> FileReference.of(SignedLink.of(other))))
          .store(exports());
      assertEquals(
          other.equals(fresh) ? Outcome.REPLAYED : Outcome.LINK_EXPIRED,
          only(LedgerAdmin.of(ledger, List.of(route), Clock.systemUTC())
              .replay(id("e-1"))
              .run(1)));
    }
  }

  @Test
  void aStoredLandingKeepsItsEventWithoutTheSignatureOfItsLink() throws Exception {
    LedgerAdmin admin =
        start(pipeline(ledger).route(fetching().store(exports()))).admin();
    source.answerTo(event("e-1"));
    steps.await("landed e-1");
    RawEvent kept = admin.show(id("e-1")).orElseThrow().landing().body();
    String text = new String(kept.toByteArray(), StandardCharsets.UTF_8);
    assertFalse(text.contains("sig"), text);
    assertEquals("Customer groups", new EventReader().read(kept).entity().orElseThrow());
    assertEquals(Outcome.LINK_EXPIRED, only(admin.replay(id("e-1")).toAllSinks().run(1)));
  }

  @Test
  void whatCannotBeReplayedIsNamed() throws Exception {
    Pipeline pipeline = startWithADeadLetter();
    LedgerAdmin beside =
        LedgerAdmin.of(ledger, List.of(Route.named("others").handle(event -> {})), clock());
    assertEquals(Outcome.ROUTE_GONE, only(beside.replay(id("e-1")).run(1)));
    assertEquals(Outcome.NOT_FOUND, only(beside.replay(id("e-2")).run(1)));
    pipeline.pause("exports");
    source.answerTo(event("e-3"));
    assertEquals(Outcome.PENDING, only(pipeline.admin().replay(id("e-3")).run(1)));
    var refused = assertThrows(
        IllegalArgumentException.class, () -> beside.replay(LandingQuery.all()).run(0));
    assertEquals("From 1 to 10000 landings are replayed at once, not 0.", refused.getMessage());
  }

  private static Clock clock() {
    return Clock.systemUTC();
  }

  @Test
  void aDiscardedLandingIsDoneAndItsDeliveryStillADuplicate() throws Exception {
    LedgerAdmin admin = startWithADeadLetter().admin();
    assertThrows(IllegalArgumentException.class, () -> admin.discard(id("e-1"), " "));
    assertTrue(admin.discard(id("e-1"), "Exported again by hand."));
    assertFalse(admin.discard(id("e-1"), "Once more."));
    assertFalse(admin.discard(id("e-2"), "Never heard of."));
    assertEquals(List.of(), admin.deadLetters(10));
    LandingReport report = admin.show(id("e-1")).orElseThrow();
    assertEquals("Exported again by hand.", report.remark());
    assertFalse(
        new String(report.landing().body().toByteArray(), StandardCharsets.UTF_8).contains("sig"));
    source.answerTo(event("e-1"));
    steps.await("duplicate e-1 on exports DISCARDED");
  }

  @Test
  void aDeliveryThatIsNoEventIsDiscardedFromTheDeadLetters() throws Exception {
    LedgerAdmin admin =
        start(pipeline(ledger).route(fetching().store(exports()))).admin();
    source.answerTo(RawEvent.of("noise".getBytes(StandardCharsets.UTF_8)));
    var letter = admin.deadLetters(10).get(0);
    assertTrue(admin.discard(letter, "Noise."));
    assertEquals(List.of(), admin.deadLetters(10));
    assertFalse(admin.discard(letter, "Noise."));
  }

  @Test
  void whatIsOverIsForgottenInTimeAndItsSpoolFreed() throws Exception {
    LedgerAdmin admin = startWithADeadLetter().admin();
    assertFalse(spooled().isEmpty());
    admin.discard(id("e-1"), "Not needed.");
    started.get(0).close();
    Instant later = Instant.now().plus(Duration.ofDays(14)).plusSeconds(60);
    start(pipeline(ledger)
        .clock(Clock.fixed(later, ZoneOffset.UTC))
        .route(fetching().store(good)));
    while (ledger.find(id("e-1")).isPresent() || !spooled().isEmpty()) {
      Thread.onSpinWait();
    }
  }
}
