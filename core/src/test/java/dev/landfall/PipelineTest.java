package dev.landfall;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.event.EventFilters;
import dev.landfall.event.RawEvent;
import dev.landfall.event.Reason;
import dev.landfall.file.Receipt;
import dev.landfall.spi.Disposition.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The way of one delivery, from its arrival to its sinks. */
class PipelineTest extends PipelineCase {
  @Test
  void anEventBecomesAFileAndLeavesNothingInTheSpool() throws Exception {
    start(pipeline(ledger).route(fetching().store(exports())));
    assertEquals(Verdict.ACCEPTED, source.answerTo(event("e-1")).verdict());
    steps.await("landed e-1 on exports");
    assertEquals("id;name\n1;one\n", Files.readString(folder.resolve("exports/e-1.csv")));
    assertEquals(List.of(), spooled());
  }

  @Test
  void whoChangesAStoredFileDoesNotChangeWhatTheNextSinksGet() throws Exception {
    Path stored = folder.resolve("exports/e-1.csv");
    var meddler =
        Scripted.sink("meddler", (file, call) -> Receipt.of(changed(stored).toString(), file));
    List<String> got = new CopyOnWriteArrayList<>();
    var next = Scripted.sink("next", (file, call) -> {
      got.add(Files.readString(file.path()));
      return Receipt.of("next", file);
    });
    start(pipeline(ledger).route(fetching().store(exports()).store(meddler).store(next)));
    source.answerTo(event("e-1"));
    steps.await("landed e-1 on exports");
    assertEquals(List.of("id;name\n1;one\n"), got);
    assertEquals(List.of(), spooled());
  }

  private static Path changed(Path stored) throws IOException {
    return Files.writeString(stored, "changed");
  }

  @Test
  void theSameEventDeliveredAgainIsADuplicateThatDoesNothingMore() throws Exception {
    start(pipeline(ledger).route(fetching().store(exports())));
    source.answerTo(event("{11111111-2222-3333-4444-abcdefabcdef}"));
    steps.await("landed");
    assertEquals(
        Verdict.ACCEPTED,
        source.answerTo(event("11111111-2222-3333-4444-ABCDEFABCDEF")).verdict());
    steps.await("duplicate 11111111-2222-3333-4444-ABCDEFABCDEF on exports STORED");
    storage.verify(1, getRequestedFor(anyUrl()));
  }

  @Test
  void anEventThatNoRouteWantsIsAcknowledgedAndNotRecorded() throws Exception {
    start(pipeline(ledger)
        .route(Route.named("vendors")
            .when(EventFilters.entity("Vendors"))
            .fetch(PayloadUrlLocator.field("DownloadURL"))
            .store(exports())));
    assertEquals(Verdict.ACCEPTED, source.answerTo(event("e-1")).verdict());
    assertEquals(List.of("ignored e-1"), steps.all());
  }

  @Test
  void theEndpointTestEventIsAcknowledgedAndReachesNobody() throws Exception {
    AtomicInteger handled = new AtomicInteger();
    start(pipeline(ledger).route(Route.named("all").handle(event -> handled.incrementAndGet())));
    var test = """
        {"BusinessEventId":"BusinessEventsTestEndpointContract","EventId":"t",
         "ControlNumber":-9223372036854775808,"EventTime":"/Date(1893456300000)/"}
        """;
    var answer = source.answerTo(RawEvent.of(test.getBytes(StandardCharsets.UTF_8)));
    assertEquals(Verdict.ACCEPTED, answer.verdict());
    assertEquals(0, handled.get());
    assertEquals(List.of(), steps.all());
  }

  @Test
  void bytesThatAreNoEventAreRefusedAndKeptOnce() throws Exception {
    start(pipeline(ledger).route(fetching().store(exports())));
    var garbage = RawEvent.of("not JSON".getBytes(StandardCharsets.UTF_8));
    assertEquals(Verdict.REFUSED, source.answerTo(garbage).verdict());
    assertEquals(Verdict.REFUSED, source.answerTo(garbage).verdict());
    var letters = ledger.deadLetters(10);
    assertEquals(1, letters.size());
    assertEquals(garbage, letters.get(0).body());
    assertEquals(Reason.MALFORMED_EVENT, letters.get(0).failure().reason());
  }

  @Test
  void anEventGoesAlongEveryRouteThatWantsIt() throws Exception {
    AtomicInteger handled = new AtomicInteger();
    start(pipeline(ledger)
        .route(fetching().store(exports()))
        .route(Route.named("notify").handle(event -> handled.incrementAndGet())));
    source.answerTo(event("e-1"));
    steps.await("landed e-1 on exports");
    steps.await("landed e-1 on notify");
    assertEquals(1, handled.get());
  }

  @Test
  void withALedgerInMemoryTheAnswerWaitsUntilTheFileIsStored() throws Exception {
    CountDownLatch mayStore = new CountDownLatch(1);
    var slow = Scripted.sink("slow", (file, call) -> {
      mayStore.await();
      return Receipt.of("there", file);
    });
    start(pipeline(MemoryLedger.create()).route(fetching().store(slow)));
    CompletableFuture<?> first = source.deliver(event("e-1"));
    steps.await("recorded e-1");
    CompletableFuture<?> second = source.deliver(event("e-1"));
    steps.await("duplicate e-1 on exports PENDING");
    assertFalse(first.isDone() || second.isDone());
    mayStore.countDown();
    first.get(10, TimeUnit.SECONDS);
    second.get(10, TimeUnit.SECONDS);
    assertEquals(Verdict.ACCEPTED, source.answerTo(event("e-1")).verdict());
    assertEquals(1, slow.calls().get());
  }

  @Test
  void withALedgerInMemoryADeadLandingIsRefused() throws Exception {
    start(pipeline(MemoryLedger.create()).route(fetching().store(exports())));
    var answer = source.answerTo(Exports.event("e-1", "E", ""));
    assertEquals(Verdict.REFUSED, answer.verdict());
    assertTrue(answer.explanation().contains("LINK_MISSING"), answer.explanation());
    assertEquals(Verdict.REFUSED, source.answerTo(Exports.event("e-1", "E", "")).verdict());
  }

  @Test
  void twoRoutesOrTwoSinksOfOneNameAreRefused() {
    var route = fetching().store(exports());
    assertThrows(IllegalArgumentException.class, () -> route.store(exports()));
    var builder = Pipeline.from(source).route(route);
    assertThrows(IllegalArgumentException.class, () -> builder.route(route));
    assertThrows(IllegalArgumentException.class, () -> Route.named("a b"));
    assertThrows(IllegalStateException.class, () -> Pipeline.from(source).build());
  }
}
