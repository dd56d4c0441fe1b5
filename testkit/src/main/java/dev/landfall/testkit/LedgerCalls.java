package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.landfall.event.RawEvent;
import dev.landfall.event.Reason;
import dev.landfall.file.Receipt;
import dev.landfall.spi.Claim;
import dev.landfall.spi.EventFacts;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.LandingQuery;
import dev.landfall.spi.LandingReport;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Ledger;
import dev.landfall.spi.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Random calls that must have equal answers from a ledger and from the simplest one. */
final class LedgerCalls {

  private static final int EVENTS = 15;
  private static final List<String> ROUTES = List.of("orders", "audit");
  private static final List<String> ENTITIES = List.of("Customers", "Größen");

  private final Random random;
  private final Ledger model = new LedgerModel();
  private final Ledger ledger;
  private final List<Held> claims = new ArrayList<>();
  private Instant now = LedgerCases.NOON;

  /** A claim under the tokens of both. */
  private record Held(Claim model, Claim ledger) {}

  private interface Call {
    @Nullable
    Object on(Ledger either) throws Exception;
  }

  LedgerCalls(Random random, Ledger ledger) {
    this.random = random;
    this.ledger = ledger;
  }

  void make(int count) throws Exception {
    for (int call = 0; call < count; call++) {
      // Every call has its own millisecond, so that no two failures are equally late.
      now = now.plusMillis(1 + random.nextInt(2_000));
      try {
        makeOne();
      } catch (AssertionError difference) {
        throw new AssertionError("at call " + call, difference);
      }
    }
  }

  private void makeOne() throws Exception {
    switch (random.nextInt(16)) {
      case 0, 1, 2 -> {
        List<Landing> some = someLandings();
        both(it -> LedgerCases.answer(it.record(some)));
      }
      case 3, 4, 5 -> claim();
      case 6 -> renew();
      case 7, 8, 9, 10 -> settle();
      case 11 -> {
        LandingId id = someId();
        Set<String> sinks = Set.of("sink 0", "sink " + (1 + random.nextInt(2)));
        Instant deadline = someDeadline();
        both(it -> it.reopen(id, sinks, deadline, now));
      }
      case 12 -> {
        LandingId id = someId();
        both(it -> it.discard(id, "remark at " + now, LedgerCases.BARE, now));
      }
      case 13 -> {
        Instant endedBefore = now.minusSeconds(random.nextInt(60));
        int most = 1 + random.nextInt(4);
        both(it -> it.purge(endedBefore, most));
      }
      case 14 -> {
        RawEvent noise = LedgerCases.body("noise " + random.nextInt(20));
        Failure failure = LedgerCases.failure("noise", now);
        boolean exhume = random.nextInt(3) == 0;
        both(it -> exhume ? it.exhume(noise) : LedgerCases.answer(it.bury(noise, failure)));
      }
      default -> ask();
    }
  }

  private void both(Call call) throws Exception {
    assertEquals(call.on(model), call.on(ledger));
  }

  private void claim() {
    int most = 1 + random.nextInt(4);
    Set<String> routes = random.nextBoolean() ? Set.copyOf(ROUTES) : Set.of(oneOf(ROUTES));
    Instant until = soon();
    List<Claim> expected = model.claim(most, routes, now, until);
    List<Claim> handedOut = ledger.claim(most, routes, now, until);
    assertEquals(landings(expected), landings(handedOut));
    for (int i = 0; i < expected.size(); i++) {
      claims.add(new Held(expected.get(i), handedOut.get(i)));
    }
  }

  private static List<Landing> landings(List<Claim> claims) {
    return claims.stream().map(Claim::landing).toList();
  }

  private void renew() {
    if (!claims.isEmpty()) {
      Held held = someClaim();
      Instant until = soon();
      assertEquals(model.renew(held.model, until), ledger.renew(held.ledger, until));
    }
  }

  private void settle() {
    if (!claims.isEmpty()) {
      Held held = someClaim();
      Settlement settlement = someSettlement();
      assertEquals(
          model.settle(held.model, settlement, now), ledger.settle(held.ledger, settlement, now));
    }
  }

  private void ask() throws Exception {
    int most = 1 + random.nextInt(12);
    LandingQuery query = someQuery();
    LandingId id = someId();
    both(it -> it.deadLetters(most));
    both(Ledger::backlog);
    both(it -> it.find(query, most).stream().map(this::asOfNow).toList());
    both(it -> it.find(id).map(this::asOfNow));
  }

  /** A ledger may tell of what is due by now that it is due at once. */
  private LandingReport asOfNow(LandingReport report) {
    return report.due() == null || report.due().isAfter(now)
        ? report
        : new LandingReport(
            report.landing(),
            report.state(),
            null,
            report.ended(),
            report.failure(),
            report.history(),
            report.remark());
  }

  private Instant soon() {
    return now.plusMillis(1 + random.nextInt(20_000));
  }

  private <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private <T> @Nullable T oneOrNone(List<T> all) {
    return random.nextInt(3) > 0 ? null : oneOf(all);
  }

  private Held someClaim() {
    return claims.get(claims.size() - 1 - random.nextInt(Math.min(claims.size(), 10)));
  }

  /** The window moves on, so that new events keep coming and old ones are still repeated. */
  private int someEvent() {
    int oldest = (int) Duration.between(LedgerCases.NOON, now).toSeconds() / 10;
    return oldest + random.nextInt(EVENTS);
  }

  private LandingId someId() {
    return LedgerCases.id("event " + someEvent(), oneOf(ROUTES));
  }

  private @Nullable Instant someDeadline() {
    return random.nextInt(3) == 0 ? null : LedgerCases.NOON.plusSeconds(random.nextInt(4));
  }

  private List<Landing> someLandings() {
    List<Landing> some = new ArrayList<>();
    for (int count = random.nextInt(4); count > 0; count--) {
      LandingId id = someId();
      Instant happened = LedgerCases.NOON.plusSeconds(random.nextInt(5));
      Long number = random.nextInt(3) == 0 ? null : (long) random.nextInt(20);
      EventFacts facts =
          new EventFacts("type", oneOrNone(ENTITIES), oneOrNone(List.of("usmf")), number, happened);
      Instant recordedAt = now.minusMillis(random.nextInt(2));
      some.add(Landing.first(id, recordedAt, facts, LedgerCases.body("body at " + now))
          .before(someDeadline())
          .inLine(oneOrNone(List.of("line 1", "line 2"))));
    }
    return some;
  }

  private LandingQuery someQuery() {
    return new LandingQuery(
        oneOrNone(ROUTES),
        oneOrNone(List.of(LandingState.values())),
        oneOrNone(List.of("CUSTOMERS", "größen", "GRÖßEN", "nothing")),
        oneOrNone(List.of("USMF", "usmf")),
        oneOrNone(List.of(Reason.SINK_UNAVAILABLE, Reason.SINK_REJECTED)),
        oneOrNone(List.of(now.minusSeconds(60), now.minusSeconds(20))),
        oneOrNone(List.of(now, now.minusSeconds(10))));
  }

  private Settlement someSettlement() {
    String sink = "sink " + random.nextInt(3);
    Map<String, Receipt> receipts =
        Map.of(sink, new Receipt(sink, random.nextInt(100), (long) random.nextInt(100)));
    Failure failure = new Failure(
        random.nextBoolean() ? Reason.SINK_UNAVAILABLE : Reason.SINK_REJECTED,
        "failed at " + now,
        now);
    return switch (random.nextInt(7)) {
      case 0, 1 -> new Settlement.Stored(receipts, LedgerCases.body("stored at " + now));
      case 2 -> new Settlement.Dead(receipts, failure);
      case 3 -> new Settlement.Released(receipts);
      default -> new Settlement.Retry(receipts, failure, soon());
    };
  }
}
