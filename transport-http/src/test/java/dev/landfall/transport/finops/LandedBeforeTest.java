package dev.landfall.transport.finops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.landfall.MemoryLedger;
import dev.landfall.emulator.DataProject;
import dev.landfall.emulator.FinopsEmulator;
import dev.landfall.emulator.data.Entities;
import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Payload;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.SignedLink;
import dev.landfall.json.EventWriter;
import dev.landfall.spi.Claim;
import dev.landfall.spi.EventFacts;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.Settlement;
import dev.landfall.transport.finops.LandedBefore.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What has landed by an event, and how an execution and the event's blob are compared. */
@Timeout(60)
class LandedBeforeTest {

  private static final String BLOB = "Customers {0123456789ABCDEF0123456789ABCDEF}.zip";
  private static final String LINK = "https://contoso.blob.core.windows.net/dmf/"
      + "Customers%20%7B0123456789ABCDEF0123456789ABCDEF%7D.zip?sv=1&sig=x";
  private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

  private final MemoryLedger ledger = MemoryLedger.create();

  private LandedBefore landedBefore() {
    return new LandedBefore(
        ledger, null, "usmf", Duration.ofDays(2), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  /** What an event has recorded, not yet ended. */
  private Claim recorded(String link, Instant at) throws Exception {
    BusinessEvent event = BusinessEvent.of(Payload.of(Map.of(
        "EventId",
        "11111111-2222-3333-4444-555555555555",
        "EventTimeIso8601",
        NOW.toString(),
        "LegalEntity",
        "usmf",
        "DownloadURL",
        link)));
    var unused = ledger
        .record(List.of(Landing.first(
            new LandingId(event.id(), "files"),
            at,
            EventFacts.of(event),
            new EventWriter().write(event))))
        .toCompletableFuture()
        .get();
    return ledger.claim(1, Set.of("files"), at, at.plusSeconds(60)).get(0);
  }

  private void stored(String link, Instant at) throws Exception {
    Claim claim = recorded(link, at);
    ledger.settle(claim, new Settlement.Stored(Map.of(), claim.landing().body()), at);
  }

  private Verdict verdict(String blob) {
    return landedBefore().verdict("66666666-7777-8888-9999-AAAAAAAAAAAA", Optional.of(blob));
  }

  @Test
  void aBlobThatAnEventHasLandedIsKnown() throws Exception {
    stored(LINK, NOW);
    assertEquals(Verdict.LANDED, verdict(BLOB));
    assertEquals(Verdict.MISSED, verdict(BLOB.replace('F', 'E')));
  }

  @Test
  void aBlobThatAnEventIsLandingIsLeft() throws Exception {
    recorded(LINK, NOW);
    assertEquals(Verdict.UNDECIDED, verdict(BLOB));
  }

  @Test
  void aBlobThatAnEventCouldNotLandIsMissed() throws Exception {
    Claim claim = recorded(LINK, NOW);
    Failure late = new Failure(Reason.LINK_EXPIRED, "The link died.", NOW);
    ledger.settle(claim, new Settlement.Dead(Map.of(), late), NOW);
    assertEquals(Verdict.MISSED, verdict(BLOB));
  }

  @Test
  void whatLandedBeforeTheWindowIsNotCompared() throws Exception {
    stored(LINK, NOW.minus(Duration.ofDays(3)));
    assertEquals(Verdict.MISSED, verdict(BLOB));
  }

  @Test
  void whatWasTakenOnceIsTakenAgainAndLeftToTheLedger() throws Exception {
    stored(LINK, NOW);
    assertEquals(
        Verdict.MISSED,
        landedBefore().verdict("11111111-2222-3333-4444-555555555555", Optional.of(BLOB)));
  }

  @Test
  void anExecutionWhosePackageAnEventHasLandedIsPassedOver() throws Exception {
    DataProject nightly = DataProject.named("Nightly").entity(Entities.customersV3(), 3);
    try (FinopsEmulator finops = FinopsEmulator.builder().start()) {
      FinopsEnvironment environment = FinopsEnvironment.at(finops.environment(), () -> "token");
      String known = finops.execute(nightly);
      stored(linkOf(environment, known), NOW);
      Taker taker = new Taker();
      try (PackageExports sweep = PackageExports.of(environment, "Nightly")
          .interval(Duration.ofMillis(5), Duration.ofMillis(50))
          .listedIn(ListedExecutions.in("DataManagementExecutionJobDetails")
              .sweptEvery(Duration.ofMillis(20)))
          .lookBack(Duration.ofDays(3_650))
          .reconciling(ledger)
          .clock(Clock.fixed(NOW, ZoneOffset.UTC))
          .build()) {
        sweep.start(taker);
        Taker.await(() -> finops.apiCalls().size() > 5);
        String missed = finops.execute(nightly);
        Taker.Taken taken = taker.next();
        taken.accept();
        assertEquals(missed, taken.member("ExecutionId"));
      }
    }
  }

  private static String linkOf(FinopsEnvironment environment, String execution) {
    Executions executions =
        new Executions(environment, "ExportToPackageAsync", Duration.ofSeconds(10));
    Taker.await(() -> Executions.isEnd(executions.status(execution)));
    SignedLink link = SignedLink.of(executions.link(execution));
    if (link.blobName().isEmpty()) {
      throw FetchException.permanent(Reason.LINK_MISSING, "The emulator gave none.");
    }
    return link.url();
  }
}
