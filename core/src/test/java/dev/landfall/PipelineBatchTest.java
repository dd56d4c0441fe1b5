package dev.landfall;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.EventType;
import dev.landfall.event.Headers;
import dev.landfall.event.RawEvent;
import dev.landfall.spi.DeadLetter;
import dev.landfall.spi.Disposition;
import dev.landfall.spi.Disposition.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The way of a delivery that brings many events. */
class PipelineBatchTest extends PipelineCase {

  private static String text(String id) {
    return new String(event(id).toByteArray(), StandardCharsets.UTF_8);
  }

  private static RawEvent batch(String... elements) {
    return raw(Stream.of(elements).collect(Collectors.joining(",", "[", "]")));
  }

  private static RawEvent raw(String text) {
    return RawEvent.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyEventOfABatchLandsOnItsOwn() throws Exception {
    start(pipeline(ledger).route(fetching().store(exports())));
    var answer = source.answerTo(batch(text("e-1"), text("e-2"), text("e-1")));
    assertEquals(Disposition.accepted(), answer);
    steps.await("landed e-1");
    steps.await("landed e-2");
    steps.await("duplicate e-1");
    storage.verify(2, getRequestedFor(anyUrl()));
  }

  @Test
  void aPoisonEventIsKeptAloneAndItsNeighboursLand() throws Exception {
    start(pipeline(ledger).route(fetching().store(exports())));
    var answer = source.answerTo(batch(text("e-1"), "{\"poison\":1}", text("e-2")));
    assertEquals(Disposition.accepted(), answer);
    steps.await("landed e-1");
    steps.await("landed e-2");
    List<DeadLetter> letters = ledger.deadLetters(10);
    assertEquals(
        List.of(raw("{\"poison\":1}")), letters.stream().map(DeadLetter::body).toList());
    assertTrue(letters.get(0).failure().message().startsWith("Element 2 of a batch"));
  }

  @Test
  void aBatchOfNothingButPoisonIsRefused() throws Exception {
    start(pipeline(ledger).route(fetching().store(exports())));
    var answer = source.answerTo(batch("{\"a\":1}", "7"));
    assertEquals(Verdict.REFUSED, answer.verdict());
    assertTrue(
        answer.explanation().startsWith("2 of 2 events are unreadable. Element 1 of a batch"));
    assertEquals(2, ledger.deadLetters(10).size());
  }

  @Test
  void withALedgerInMemoryTheSenderHearsOfThePoisonOnceTheNeighboursAreStored() throws Exception {
    start(pipeline(MemoryLedger.create()).route(fetching().store(exports())));
    var answer = source.answerTo(batch(text("e-1"), "{\"poison\":1}"));
    assertEquals(Verdict.REFUSED, answer.verdict());
    assertTrue(answer.explanation().startsWith("1 of 2 events are unreadable."));
    steps.await("landed e-1");
  }

  @Test
  void aFilterThatFailsCostsNeitherOtherRoutesNorOtherEvents() throws Exception {
    start(pipeline(ledger)
        .route(Route.named("picky")
            .when(event -> event.payload().text("Order").orElseThrow().isEmpty())
            .handle(event -> {}))
        .route(fetching().store(exports())));
    String ordered = text("e-2").replace("{", "{\"Order\":\"\",");
    assertEquals(Verdict.TRY_LATER, source.answerTo(batch(text("e-1"), ordered)).verdict());
    steps.await("landed e-1 on exports");
    steps.await("landed e-2 on exports");
    steps.await("landed e-2 on picky");
    steps.await("turned away UNEXPECTED");
    assertEquals(List.of(), ledger.deadLetters(10));
  }

  @Test
  void whatALedgerCannotKeepNowIsTurnedAwayWhole() throws Exception {
    var failing = TakenAsDurable.over(MemoryLedger.create(), call -> call.equals("record"));
    start(pipeline(failing).route(fetching().store(exports())));
    assertEquals(
        Verdict.TRY_LATER, source.answerTo(batch(text("e-1"), "{\"poison\":1}")).verdict());
    assertFalse(steps.all().stream().anyMatch(step -> step.startsWith("landed")));
  }

  @Test
  void aBatchOfFiveThousandEventsReachesItsHandler() throws Exception {
    Set<String> handled = ConcurrentHashMap.newKeySet();
    start(pipeline(MemoryLedger.create())
        .route(Route.named("all").handle(event -> handled.add(event.id().value()))));
    String[] events = IntStream.range(0, 5_000)
        .mapToObj("{\"EventId\":\"e-%d\",\"EventTime\":\"/Date(0)/\"}"::formatted)
        .toArray(String[]::new);
    assertEquals(Disposition.accepted(), source.answerTo(batch(events)));
    assertEquals(5_000, handled.size());
  }

  @Test
  void whatHeadersToldIsKnownAgainAfterTheyAreGone() throws Exception {
    Set<Optional<EventType>> types = ConcurrentHashMap.newKeySet();
    start(pipeline(MemoryLedger.create())
        .route(Route.named("all").handle(event -> types.add(event.type()))));
    var answer = source.answerTo(
        raw("{\"Order\":7}"),
        Headers.of(Map.of(
            "ce-specversion", "1.0",
            "ce-id", "7",
            "ce-source", "/orders",
            "ce-time", "2030-01-01T00:00:00Z",
            "ce-type", "order placed")));
    assertEquals(Disposition.accepted(), answer);
    assertEquals(Set.of(Optional.of(new EventType("order placed"))), types);
  }
}
