package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.EventId;
import dev.landfall.event.RawEvent;
import dev.landfall.event.Reason;
import dev.landfall.file.Receipt;
import dev.landfall.spi.Claim;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingId;
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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What all cases about ledgers share: the ledger, a time to start from, and short calls. */
abstract class LedgerCases {

  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final Duration LEASE = Duration.ofMinutes(1);

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
    return new LandingId(new EventId(event), "orders");
  }

  static RawEvent body(String text) {
    return RawEvent.of(text.getBytes(StandardCharsets.UTF_8));
  }

  static Landing landing(String event) {
    return landing(event, NOON, null);
  }

  static Landing landing(String event, Instant recordedAt, @Nullable Instant deadline) {
    return Landing.first(id(event), recordedAt, deadline, body("body of " + event));
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
    return new Settlement.Stored(Map.of("folder", receipt("/exports/1.csv")));
  }

  List<Recorded> record(Landing... landings) throws Exception {
    return answer(ledger.record(List.of(landings)));
  }

  /** Records landings that must be new. */
  void recordNew(Landing... landings) throws Exception {
    assertEquals(
        Arrays.stream(landings)
            .map(it -> new Recorded(it.id(), true, LandingState.PENDING))
            .toList(),
        record(landings));
  }

  List<Claim> claim(int most, Instant now) {
    return ledger.claim(most, now, now.plus(LEASE));
  }

  /** Claims the one landing that must be due. */
  Claim claimOne(Instant now) {
    List<Claim> claims = claim(10, now);
    assertEquals(1, claims.size(), "claims at " + now);
    return claims.get(0);
  }

  /** Claims everything due and tells which events they are, in order. */
  List<String> eventsClaimed(int most, Instant now) {
    return claim(most, now).stream()
        .map(it -> it.landing().id().event().value())
        .toList();
  }

  void settle(Claim claim, Settlement settlement) {
    assertTrue(ledger.settle(claim, settlement), "settled");
  }
}
