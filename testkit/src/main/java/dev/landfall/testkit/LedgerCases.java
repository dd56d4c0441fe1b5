package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.EventId;
import dev.landfall.event.RawEvent;
import dev.landfall.event.Reason;
import dev.landfall.file.Receipt;
import dev.landfall.spi.Arrival;
import dev.landfall.spi.Claim;
import dev.landfall.spi.EventFacts;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.LandingReport;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Ledger;
import dev.landfall.spi.Recorded;
import dev.landfall.spi.Settlement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What all cases about ledgers share: the ledger, a time to start from, and short calls. */
abstract class LedgerCases {

  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final Duration LEASE = Duration.ofMinutes(1);
  static final String ROUTE = "orders";
  static final RawEvent BARE = body("without secrets");

  Ledger ledger;

  /**
   * Opens a ledger that holds nothing; called once before each case, which closes it.
   *
   * @return the ledger to test
   * @throws Exception if it cannot be opened, which fails the case
   */
  protected abstract Ledger open() throws Exception;

  @BeforeEach
  void openLedger() throws Exception {
    ledger = open();
  }

  @AfterEach
  void closeLedger() {
    ledger.close();
  }

  static <T> T answer(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  static LandingId id(String event) {
    return id(event, ROUTE);
  }

  static LandingId id(String event, String route) {
    return new LandingId(new EventId(event), route);
  }

  static RawEvent body(String text) {
    return RawEvent.of(text.getBytes(StandardCharsets.UTF_8));
  }

  static Landing landing(String event) {
    return landing(event, NOON, null);
  }

  static Landing landing(String event, Instant recordedAt, @Nullable Instant deadline) {
    return Landing.first(id(event), recordedAt, facts(NOON, null), body("body of " + event))
        .before(deadline);
  }

  static Landing onRoute(String route, String event) {
    return Landing.first(id(event, route), NOON, facts(NOON, null), body("body of " + event));
  }

  static EventFacts facts(Instant time, @Nullable Long number) {
    return new EventFacts("ExportReady", "Customer groups", "usmf", number, time);
  }

  static Receipt receipt(String location) {
    return new Receipt(location, 1234, null);
  }

  static Failure failure(String message, Instant at) {
    return new Failure(Reason.SINK_UNAVAILABLE, message, at);
  }

  static Settlement retryAt(Instant at) {
    return new Settlement.Retry(Map.of(), failure("The disk is full.", NOON), at);
  }

  static Settlement dead(Instant at) {
    return new Settlement.Dead(Map.of(), failure("The table is gone.", at));
  }

  static Settlement stored() {
    return new Settlement.Stored(Map.of("folder", receipt("/exports/1.csv")), BARE);
  }

  static Settlement released() {
    return new Settlement.Released(Map.of());
  }

  List<Recorded> record(Landing... landings) throws Exception {
    return answer(ledger.record(List.of(landings)));
  }

  /** Records landings that must be new. */
  void recordNew(Landing... landings) throws Exception {
    assertEquals(
        Arrays.stream(landings)
            .map(it -> new Recorded(it.id(), true, LandingState.PENDING, Arrival.IN_ORDER))
            .toList(),
        record(landings));
  }

  static Recorded duplicate(String event, LandingState state) {
    return new Recorded(id(event), false, state, Arrival.IN_ORDER);
  }

  List<Claim> claim(int most, Instant now) {
    return claimOn(Set.of(ROUTE), most, now);
  }

  List<Claim> claimOn(Set<String> routes, int most, Instant now) {
    return ledger.claim(most, routes, now, now.plus(LEASE));
  }

  /** Claims the one landing that must be due. */
  Claim claimOne(Instant now) {
    List<Claim> claims = claim(10, now);
    assertEquals(1, claims.size(), "claims at " + now);
    return claims.get(0);
  }

  /** Claims what is due and tells which events they are, in order. */
  List<String> eventsClaimed(int most, Instant now) {
    return events(claim(most, now));
  }

  static List<String> events(List<Claim> claims) {
    return claims.stream().map(it -> it.landing().id().event().value()).toList();
  }

  void settle(Claim claim, Settlement settlement) {
    settle(claim, settlement, NOON);
  }

  void settle(Claim claim, Settlement settlement, Instant now) {
    assertTrue(ledger.settle(claim, settlement, now), "settled");
  }

  /** Records a landing and has it end so. */
  void end(Landing landing, Settlement settlement, Instant now) throws Exception {
    recordNew(landing);
    List<Claim> claims = claimOn(Set.of(landing.id().route()), 10, now);
    assertEquals(
        List.of(landing.id()), claims.stream().map(it -> it.landing().id()).toList());
    settle(claims.get(0), settlement, now);
  }

  LandingReport report(String event) {
    return ledger.find(id(event)).orElseThrow(() -> new AssertionError(event + " is not known"));
  }

  static List<String> eventsIn(List<LandingReport> reports) {
    return reports.stream().map(it -> it.landing().id().event().value()).toList();
  }
}
