package dev.landfall;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.landfall.download.HostPolicy;
import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.event.EventFilters;
import dev.landfall.event.LandfallException;
import dev.landfall.event.RawEvent;
import dev.landfall.event.Reason;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import dev.landfall.spi.Disposition.Verdict;
import dev.landfall.spi.FileSink;
import dev.landfall.spi.Landing;
import dev.landfall.spi.Ledger;
import dev.landfall.spi.PipelineListener;
import dev.landfall.spi.RetryPolicy;
import dev.landfall.spi.SinkException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The way of one delivery, from its arrival to its sinks. */
class PipelineTest {

  @RegisterExtension
  static final WireMockExtension storage = WireMockExtension.newInstance()
      .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
      .build();

  @TempDir
  Path folder;

  private final DirectSource source = new DirectSource();
  private final Steps steps = new Steps();
  private final Ledger ledger = new TakenAsDurable(MemoryLedger.create(), () -> false);
  private final List<Pipeline> started = new ArrayList<>();

  @BeforeEach
  void aFileIsThere() {
    storage.resetAll();
    storage.stubFor(get(anyUrl()).willReturn(aResponse().withBody("id;name\n1;one\n")));
  }

  @AfterEach
  void close() {
    started.forEach(Pipeline::close);
  }

  private Pipeline.Builder pipeline(Ledger memory) {
    return Pipeline.from(source)
        .ledger(memory)
        .hosts(HostPolicy.nothing().trust(URI.create(storage.baseUrl())))
        .retry(RetryPolicy.upTo(Duration.ofMinutes(1))
            .backingOff(Duration.ofMillis(1), Duration.ofMillis(5)))
        .spool(folder.resolve("spool"))
        .drainWithin(Duration.ofSeconds(5))
        .listener(steps);
  }

  private Pipeline start(Pipeline.Builder builder) {
    Pipeline pipeline = builder.build();
    started.add(pipeline);
    pipeline.start();
    return pipeline;
  }

  private Route.Fetching fetching() {
    return Route.named("exports").fetch(PayloadUrlLocator.field("DownloadURL"));
  }

  private FolderSink exports() {
    return FolderSink.at(folder.resolve("exports")).key("{eventId}.{format}");
  }

  private static RawEvent event(String id) {
    return Exports.event(id, "Customer groups", storage.baseUrl() + "/dmf/f.csv?sig=secret");
  }

  private List<String> spooled() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("spool"))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !name.equals("lock"))
          .sorted()
          .toList();
    }
  }

  /** A sink that does what a test says, and counts. */
  private record Scripted(String name, AtomicInteger calls, Script script) implements FileSink {

    interface Script {
      Receipt store(ExportedFile file, int call) throws Exception;
    }

    static Scripted sink(String name, Script script) {
      return new Scripted(name, new AtomicInteger(), script);
    }

    @Override
    public Receipt store(ExportedFile file) throws Exception {
      return script.store(file, calls.incrementAndGet());
    }
  }

  @Test
  void anEventBecomesAFileAndLeavesNothingInTheSpool() throws Exception {
    start(pipeline(ledger).route(fetching().store(exports())));
    assertEquals(Verdict.ACCEPTED, source.answerTo(event("e-1")).verdict());
    steps.await("landed e-1 on exports");
    assertEquals("id;name\n1;one\n", Files.readString(folder.resolve("exports/e-1.csv")));
    assertEquals(List.of(), spooled());
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
  void aRetryRepeatsOnlyTheSinkThatFailedAndNotTheDownload() throws Exception {
    var good = Scripted.sink("good", (file, call) -> Receipt.of("good", file));
    var flaky = Scripted.sink("flaky", (file, call) -> {
      if (call < 3) {
        throw SinkException.unavailable("The database is down.", null);
      }
      assertEquals(14, Files.size(file.path()));
      return Receipt.of("flaky", file);
    });
    start(pipeline(ledger).route(fetching().store(flaky).store(good)));
    source.answerTo(event("e-1"));
    assertEquals("landed e-1 on exports [flaky, good]", steps.await("landed"));
    assertEquals(1, good.calls().get());
    assertEquals(3, flaky.calls().get());
    storage.verify(1, getRequestedFor(anyUrl()));
    assertEquals(List.of(), spooled());
  }

  @Test
  void aSecuredFileLandsAfterARestartAlthoughItsLinkIsDead() throws Exception {
    var down = Scripted.sink("table", (file, call) -> {
      throw SinkException.unavailable("The database is down.", null);
    });
    start(pipeline(ledger)
        .retry(RetryPolicy.upTo(Duration.ofMinutes(1))
            .backingOff(Duration.ofMillis(200), Duration.ofMillis(200)))
        .route(fetching().store(down)));
    source.answerTo(event("e-1"));
    steps.await("retrying e-1 on exports SINK_UNAVAILABLE");
    started.get(0).close();
    storage.resetAll();
    storage.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(403)));
    var up =
        Scripted.sink("table", (file, call) -> Receipt.of(Files.readString(file.path()), file));
    start(pipeline(ledger).route(fetching().store(up)));
    steps.await("landed e-1 on exports [table]");
    storage.verify(0, getRequestedFor(anyUrl()));
    assertEquals(List.of(), spooled());
  }

  @Test
  void aSinkThatRejectsMakesADeadLetterThatKeepsTheFile() throws Exception {
    var rejecting = Scripted.sink("table", (file, call) -> {
      throw SinkException.rejected("Line 7 has 3 fields.", null);
    });
    start(pipeline(ledger).route(fetching().store(rejecting)));
    source.answerTo(event("e-1"));
    assertEquals("died e-1 on exports SINK_REJECTED Line 7 has 3 fields.", steps.await("died"));
    assertEquals(event("e-1"), ledger.deadLetters(1).get(0).body());
    assertEquals(2, spooled().size(), "a description and a file");
  }

  @Test
  void whatAUsersPartThrowsIsTriedAgainAndPrintedWithoutSignature() throws Exception {
    var leaky = Scripted.sink("leaky", (file, call) -> {
      if (call == 1) {
        throw new IOException("GET https://h/f?sig=secret failed");
      }
      return Receipt.of("there", file);
    });
    start(pipeline(ledger).route(fetching().store(leaky)));
    source.answerTo(event("e-1"));
    String retry = steps.await("retrying");
    assertEquals(
        "retrying e-1 on exports SINK_UNAVAILABLE The sink leaky failed: java.io.IOException: GET"
            + " https://h/f?... failed",
        retry);
    steps.await("landed");
  }

  @Test
  void evenAnErrorOfAUsersPartDoesNotStopTheLanding() throws Exception {
    var buggy = Scripted.sink("buggy", (file, call) -> {
      if (call == 1) {
        throw new StackOverflowError();
      }
      return Receipt.of("there", file);
    });
    start(pipeline(ledger).route(fetching().store(buggy)));
    source.answerTo(event("e-1"));
    steps.await("retrying e-1 on exports UNEXPECTED");
    steps.await("landed e-1 on exports [buggy]");
  }

  @Test
  void aStorageThatIsBusyIsAskedAgain() throws Exception {
    storage.stubFor(get(anyUrl())
        .inScenario("busy")
        .whenScenarioStateIs(Scenario.STARTED)
        .willReturn(aResponse().withStatus(503))
        .willSetStateTo("free"));
    storage.stubFor(get(anyUrl())
        .inScenario("busy")
        .whenScenarioStateIs("free")
        .willReturn(aResponse().withBody("x")));
    start(pipeline(ledger).route(fetching().store(exports())));
    source.answerTo(event("e-1"));
    steps.await("retrying e-1 on exports FILE_UNAVAILABLE");
    steps.await("landed e-1");
  }

  @Test
  void badLinksDieWithTheirNamesAndThePipelineGoesOn() throws Exception {
    start(pipeline(ledger).route(fetching().store(exports())));
    source.answerTo(Exports.event("empty", "E", ""));
    source.answerTo(Exports.event("host", "E", "https://evil.example/f?sig=secret"));
    source.answerTo(Exports.event(
        "late", "E", storage.baseUrl() + "/f?se=2020-01-01T00%3A00%3A00Z&sig=secret"));
    source.answerTo(event("good"));
    steps.await("died empty on exports LINK_MISSING");
    steps.await("died host on exports HOST_NOT_ALLOWED");
    steps.await("died late on exports LINK_EXPIRED");
    steps.await("landed good on exports");
    assertEquals(3, ledger.deadLetters(10).size());
    assertFalse(steps.all().toString().contains("secret"));
    assertFalse(ledger.deadLetters(10).toString().contains("secret"));
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
  void aLedgerThatIsDownTurnsTheSenderAwayUntilItIsBack() throws Exception {
    AtomicBoolean down = new AtomicBoolean(true);
    start(pipeline(new TakenAsDurable(MemoryLedger.create(), down::get))
        .route(fetching().store(exports())));
    var answer = source.answerTo(event("e-1"));
    assertEquals(Verdict.TRY_LATER, answer.verdict());
    assertTrue(answer.retryAfter().compareTo(Duration.ZERO) > 0);
    steps.await("turned away LEDGER_UNAVAILABLE");
    down.set(false);
    assertEquals(Verdict.ACCEPTED, source.answerTo(event("e-1")).verdict());
    steps.await("landed e-1");
  }

  @Test
  void aFilterThatThrowsTurnsTheSenderAwayAndLosesNothing() throws Exception {
    start(pipeline(ledger)
        .route(Route.named("broken")
            .when(event -> {
              throw new IllegalStateException("a bug");
            })
            .handle(event -> {})));
    assertEquals(Verdict.TRY_LATER, source.answerTo(event("e-1")).verdict());
  }

  @Test
  void aListenerThatThrowsHarmsNothing() throws Exception {
    PipelineListener throwing = new PipelineListener() {
      @Override
      public void recorded(Landing landing) {
        throw new IllegalStateException("a bug");
      }
    };
    start(pipeline(ledger).listener(throwing).route(fetching().store(exports())));
    assertEquals(Verdict.ACCEPTED, source.answerTo(event("e-1")).verdict());
    steps.await("landed e-1");
  }

  @Test
  void aLandingWhoseRouteIsGoneIsADeadLetterThatSaysSo() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    var stuck = Scripted.sink("stuck", (file, call) -> {
      never.await();
      return Receipt.of("never", file);
    });
    start(pipeline(ledger).drainWithin(Duration.ZERO).route(fetching().store(stuck)));
    source.answerTo(event("e-1"));
    started.get(0).close();
    start(pipeline(ledger)
        .route(
            Route.named("other").fetch(PayloadUrlLocator.field("DownloadURL")).store(exports())));
    String death = steps.await("died e-1 on exports ROUTE_GONE");
    assertTrue(death.contains("no route exports, only [other]"), death);
  }

  @Test
  void whatCloseInterruptsIsFinishedAfterARestart() throws Exception {
    CountDownLatch inSink = new CountDownLatch(1);
    var stuck = Scripted.sink("sink", (file, call) -> {
      inSink.countDown();
      new CountDownLatch(1).await();
      return Receipt.of("never", file);
    });
    start(pipeline(ledger).drainWithin(Duration.ZERO).route(fetching().store(stuck)));
    source.answerTo(event("e-1"));
    assertTrue(inSink.await(10, TimeUnit.SECONDS));
    started.get(0).close();
    start(pipeline(ledger)
        .route(fetching().store(Scripted.sink("sink", (file, call) -> Receipt.of("x", file)))));
    steps.await("landed e-1 on exports [sink]");
  }

  @Test
  void aSpoolServesOnePipeline() {
    start(pipeline(ledger).route(fetching().store(exports())));
    var second = Pipeline.from(new DirectSource()).spool(folder.resolve("spool"));
    var refused = assertThrows(
        LandfallException.class, () -> second.route(fetching().store(exports())).build());
    assertTrue(refused.getMessage().contains("Pipeline.spool"), refused.getMessage());
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
