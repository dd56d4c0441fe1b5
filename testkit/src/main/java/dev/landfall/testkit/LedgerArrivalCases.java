package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.landfall.spi.Arrival;
import dev.landfall.spi.EventFacts;
import dev.landfall.spi.Landing;
import dev.landfall.spi.Recorded;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a new landing stands to its stream, and that what is known of its event is kept. */
abstract class LedgerArrivalCases extends LedgerIntakeCases {

  private static Landing numbered(String event, @Nullable Long number) {
    return with(event, facts(NOON, number));
  }

  private static Landing with(String event, EventFacts facts) {
    return Landing.first(id(event), NOON, facts, body("body"));
  }

  private static EventFacts of(
      @Nullable String type, @Nullable String entity, @Nullable String company, long number) {
    return new EventFacts(type, entity, company, number, NOON);
  }

  private Arrival arrivalOf(Landing landing) throws Exception {
    return record(landing).get(0).arrival();
  }

  @Test
  void growingNumbersAreInOrderWhateverIsBetweenThem() throws Exception {
    assertEquals(Arrival.IN_ORDER, arrivalOf(numbered("a", 5L)));
    assertEquals(Arrival.IN_ORDER, arrivalOf(numbered("b", 6L)));
    assertEquals(Arrival.IN_ORDER, arrivalOf(numbered("c", 5_637_144_576L)));
    assertEquals(Arrival.IN_ORDER, arrivalOf(numbered("d", Long.MAX_VALUE)));
  }

  @Test
  void aNumberBelowAKnownOneIsLate() throws Exception {
    record(numbered("a", 0L), numbered("b", 10L));
    assertEquals(Arrival.LATE, arrivalOf(numbered("c", 9L)));
    assertEquals(Arrival.LATE, arrivalOf(numbered("d", Long.MIN_VALUE)));
    assertEquals(Arrival.IN_ORDER, arrivalOf(numbered("e", 11L)));
  }

  @Test
  void anotherEventWithAKnownNumberIsDoubledEvenIfHigherOnesAreKnown() throws Exception {
    record(numbered("a", 5L));
    assertEquals(Arrival.DOUBLED, arrivalOf(numbered("b", 5L)));
    assertEquals(Arrival.IN_ORDER, arrivalOf(numbered("c", 6L)));
    assertEquals(Arrival.DOUBLED, arrivalOf(numbered("d", 5L)));
    assertEquals(Arrival.DOUBLED, arrivalOf(numbered("e", 6L)));
  }

  @Test
  void aDuplicateOfTheSameEventIsInOrder() throws Exception {
    record(numbered("a", 5L), numbered("b", 6L));
    assertEquals(Arrival.IN_ORDER, arrivalOf(numbered("a", 5L)));
    assertEquals(Arrival.IN_ORDER, arrivalOf(numbered("a", 4L)));
    assertEquals(Arrival.LATE, arrivalOf(numbered("c", 4L)), "the number of a duplicate counts");
  }

  @Test
  void anEventWithoutANumberIsInOrderAndLeavesTheOthersBe() throws Exception {
    assertEquals(Arrival.IN_ORDER, arrivalOf(numbered("a", null)));
    assertEquals(Arrival.IN_ORDER, arrivalOf(numbered("b", -1L)));
    assertEquals(Arrival.IN_ORDER, arrivalOf(numbered("c", null)));
    assertEquals(Arrival.LATE, arrivalOf(numbered("d", -2L)));
  }

  @Test
  void theEventsOfOneDeliveryCountInOrder() throws Exception {
    assertEquals(
        List.of(
            Arrival.IN_ORDER, Arrival.IN_ORDER, Arrival.LATE, Arrival.DOUBLED, Arrival.IN_ORDER),
        record(
                numbered("a", 5L),
                numbered("b", 7L),
                numbered("c", 6L),
                numbered("d", 7L),
                numbered("a", 5L))
            .stream()
            .map(Recorded::arrival)
            .toList());
  }

  @Test
  void eachTypeEntityAndCompanyHasNumbersOfItsOwn() throws Exception {
    List<EventFacts> streams = List.of(
        of("type", "entity", "usmf", 9),
        of("other", "entity", "usmf", 8),
        of("type", "other", "usmf", 7),
        of("type", "Entity", "usmf", 6),
        of("type", "entity", "other", 5),
        of(null, "entity", "usmf", 4),
        of("type", null, "usmf", 3),
        of("type", "entity", null, 2),
        of("", "entity", "usmf", 1),
        of(null, null, null, 0));
    for (int i = 0; i < streams.size(); i++) {
      assertEquals(Arrival.IN_ORDER, arrivalOf(with("first " + i, streams.get(i))), "first " + i);
    }
    for (int i = 0; i < streams.size(); i++) {
      assertEquals(Arrival.DOUBLED, arrivalOf(with("again " + i, streams.get(i))), "again " + i);
    }
  }

  @Test
  void eachRouteHasNumbersOfItsOwn() throws Exception {
    EventFacts facts = facts(NOON, 5L);
    record(Landing.first(id("a", "audit"), NOON, facts, body("body")));
    assertEquals(Arrival.IN_ORDER, arrivalOf(numbered("a", 5L)));
    assertEquals(Arrival.IN_ORDER, arrivalOf(numbered("b", 6L)));
    assertEquals(
        Arrival.DOUBLED, arrivalOf(Landing.first(id("b", "audit"), NOON, facts, body("body"))));
  }

  @Test
  void endedLandingsStillCount() throws Exception {
    end(numbered("stored", 5L), stored(), NOON);
    end(numbered("dead", 7L), dead(NOON), NOON);
    recordNew(numbered("discarded", 9L));
    ledger.discard(id("discarded"), "Sent by mistake.", BARE, NOON);
    assertEquals(Arrival.DOUBLED, arrivalOf(numbered("a", 5L)));
    assertEquals(Arrival.DOUBLED, arrivalOf(numbered("b", 7L)));
    assertEquals(Arrival.LATE, arrivalOf(numbered("c", 8L)));
    assertEquals(Arrival.DOUBLED, arrivalOf(numbered("d", 9L)));
  }

  @Test
  void whatIsKnownOfAnEventIsKeptExactly() throws Exception {
    List<EventFacts> all = List.of(
        new EventFacts(null, null, null, null, NOON.plusMillis(1)),
        new EventFacts("", "", "", 0L, Instant.EPOCH),
        new EventFacts("t".repeat(512), "é".repeat(256), "ы".repeat(128), -1L, NOON),
        new EventFacts("it's", "\"quoted\"", "%_\\", Long.MIN_VALUE, Instant.EPOCH.minusMillis(1)),
        new EventFacts("null", " blanks ", "0", Long.MAX_VALUE, at("9999-12-31T23:59:59.999Z")),
        new EventFacts("鍵", "\uD83D\uDCE6", "ünïcode", 1L, at("0001-01-01T00:00:00Z")));
    for (EventFacts facts : all) {
      Landing landing = with("event " + facts.controlNumber(), facts);
      recordNew(landing);
      assertEquals(facts, claimOne(NOON).landing().facts());
      assertEquals(facts, ledger.find(landing.id()).orElseThrow().landing().facts());
    }
  }

  private static Instant at(String time) {
    return Instant.parse(time);
  }
}
