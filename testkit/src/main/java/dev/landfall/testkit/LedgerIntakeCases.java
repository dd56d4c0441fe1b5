package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.EventId;
import dev.landfall.event.RawEvent;
import dev.landfall.event.Reason;
import dev.landfall.spi.Arrival;
import dev.landfall.spi.DeadLetter;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Recorded;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What comes in: new landings, duplicates, and deliveries that are no events. */
abstract class LedgerIntakeCases extends LedgerCases {

  @Test
  void aNewLandingIsPending() throws Exception {
    assertEquals(
        List.of(new Recorded(id("a"), true, LandingState.PENDING, Arrival.IN_ORDER)),
        record(landing("a")));
  }

  @Test
  void aSecondDeliveryIsADuplicate() throws Exception {
    recordNew(landing("a"));
    assertEquals(List.of(duplicate("a", LandingState.PENDING)), record(landing("a")));
    assertEquals(List.of("a"), eventsClaimed(10, NOON));
  }

  @Test
  void aDuplicateOfAClaimedLandingIsPending() throws Exception {
    recordNew(landing("a"));
    claimOne(NOON);
    assertEquals(List.of(duplicate("a", LandingState.PENDING)), record(landing("a")));
    assertEquals(List.of(), claim(10, NOON));
  }

  @Test
  void aDuplicateOfAStoredLandingIsStoredAndNotDoneAgain() throws Exception {
    recordNew(landing("a"));
    settle(claimOne(NOON), stored());
    assertEquals(List.of(duplicate("a", LandingState.STORED)), record(landing("a")));
    assertEquals(List.of(), claim(10, NOON.plus(LEASE)));
  }

  @Test
  void aDuplicateOfADeadLandingIsDead() throws Exception {
    recordNew(landing("a"));
    settle(claimOne(NOON), dead(NOON));
    assertEquals(List.of(duplicate("a", LandingState.DEAD)), record(landing("a")));
    assertEquals(List.of(), claim(10, NOON.plus(LEASE)));
  }

  @Test
  void aDuplicateChangesNothing() throws Exception {
    Landing first = landing("a", NOON, NOON.plusSeconds(60));
    recordNew(first);
    record(Landing.first(
            id("a"), NOON.plusSeconds(5), facts(NOON.plusSeconds(9), 7L), body("another spelling"))
        .inLine("line")
        .after(3, Map.of("folder", receipt("/exports/2.csv"))));
    assertEquals(first, report("a").landing());
  }

  @Test
  void anEventThatOneDeliveryBringsTwiceIsRecordedOnce() throws Exception {
    assertEquals(
        List.of(
            new Recorded(id("a"), true, LandingState.PENDING, Arrival.IN_ORDER),
            duplicate("a", LandingState.PENDING)),
        record(landing("a"), landing("a")));
    assertEquals(List.of("a"), eventsClaimed(10, NOON));
  }

  @Test
  void aDeliveryMayBringFiveThousandEvents() throws Exception {
    Landing[] landings = IntStream.range(0, 5_000)
        .mapToObj(number -> landing("e-" + number))
        .toArray(Landing[]::new);
    List<Recorded> answers = record(landings);
    assertEquals(5_000, answers.size());
    assertTrue(answers.stream().allMatch(Recorded::isNew));
    assertEquals(5_000, claim(5_001, NOON).size());
  }

  @Test
  void theLandingsOfOneDeliveryAreAnsweredInOrder() throws Exception {
    recordNew(landing("b"));
    assertEquals(
        List.of(
            new Recorded(id("c"), true, LandingState.PENDING, Arrival.IN_ORDER),
            duplicate("b", LandingState.PENDING),
            new Recorded(id("a"), true, LandingState.PENDING, Arrival.IN_ORDER)),
        record(landing("c"), landing("b"), landing("a")));
  }

  @Test
  void noLandingsAreAnsweredWithNone() throws Exception {
    assertEquals(List.of(), record());
  }

  @Test
  void oneEventOnTwoRoutesIsTwoLandings() throws Exception {
    Landing orders = onRoute(ROUTE, "a");
    Landing audit = onRoute("audit", "a");
    recordNew(orders, audit);
    settle(claimOne(NOON), stored());
    assertEquals(
        List.of(audit.id()),
        claimOn(Set.of(ROUTE, "audit"), 10, NOON).stream()
            .map(it -> it.landing().id())
            .toList());
  }

  @Test
  void routesThatLookAlikeAreDifferent() throws Exception {
    List<String> routes = List.of(
        "orders",
        "Orders",
        "orders ",
        "órders",
        "it's \"quoted\"; drop table landing --",
        "100% _of_ \\ these",
        "заказы",
        "注文 \uD83D\uDCE6",
        "r".repeat(200));
    Landing[] landings = routes.stream().map(it -> onRoute(it, "a")).toArray(Landing[]::new);
    recordNew(landings);
    assertEquals(
        routes,
        claimOn(Set.copyOf(routes), 20, NOON).stream()
            .map(it -> it.landing().id().route())
            .toList());
  }

  @Test
  void eventIdsOfAnyFormAreKept() throws Exception {
    Set<String> events = new HashSet<>();
    for (String event : List.of(
        "{5637144576-0001}",
        "0d5b2a44-58a4-4f4f-8a37-0d4a1c0c6f11",
        "it's \"quoted\"",
        "ключ 鍵 \uD83D\uDD11",
        "k".repeat(128))) {
      events.add(new EventId(event).value());
      recordNew(landing(event));
    }
    assertEquals(events, new HashSet<>(eventsClaimed(20, NOON)));
  }

  @Test
  void aBodyComesBackByteForByte() throws Exception {
    for (int length : new int[] {0, 1, 256, 1 << 20}) {
      RawEvent body = everyByte(length);
      recordNew(Landing.first(id("length " + length), NOON, facts(NOON, null), body));
      assertEquals(body, claimOne(NOON).landing().body());
    }
  }

  @Test
  void aDeliveryThatIsNoEventIsADeadLetterNobodyTried() throws Exception {
    RawEvent body = everyByte(1 << 20);
    Failure failure = new Failure(Reason.MALFORMED_EVENT, "It's \"no\" JSON: ключ", NOON);
    answer(ledger.bury(body, failure));
    assertEquals(
        List.of(new DeadLetter(null, failure, 0, List.of(), body)), ledger.deadLetters(10));
    assertEquals(List.of(), claim(10, NOON));
  }

  @Test
  void equalDeliveriesThatAreNoEventsAreKeptOnce() throws Exception {
    Failure first = failure("first", NOON);
    Failure later = failure("later", NOON.plusSeconds(1));
    answer(ledger.bury(body("noise"), first));
    answer(ledger.bury(body("noise"), later));
    answer(ledger.bury(body("other noise"), later));
    assertEquals(
        List.of(
            new DeadLetter(null, later, 0, List.of(), body("other noise")),
            new DeadLetter(null, first, 0, List.of(), body("noise"))),
        ledger.deadLetters(10));
  }

  @Test
  void deadLettersComeLatestFailureFirst() throws Exception {
    recordNew(landing("a"), landing("b"));
    settle(claim(1, NOON).get(0), dead(NOON.plusSeconds(3)));
    answer(ledger.bury(body("early"), failure("noise", NOON.plusSeconds(1))));
    settle(claim(1, NOON).get(0), dead(NOON.plusSeconds(2)));
    answer(ledger.bury(body("late"), failure("noise", NOON.plusSeconds(4))));
    List<RawEvent> latestFirst =
        List.of(body("late"), body("body of a"), body("body of b"), body("early"));
    for (int most = 1; most <= 5; most++) {
      assertEquals(
          latestFirst.subList(0, Math.min(most, 4)),
          ledger.deadLetters(most).stream().map(DeadLetter::body).toList());
    }
  }

  @Test
  void fewerThanOneDeadLetterIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> ledger.deadLetters(0));
  }

  private static RawEvent everyByte(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) i;
    }
    return RawEvent.of(bytes);
  }
}
