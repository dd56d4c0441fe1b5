package dev.landfall;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.landfall.file.Receipt;
import dev.landfall.file.SignedLinks;
import dev.landfall.spi.Arrival;
import dev.landfall.spi.Disposition.Verdict;
import dev.landfall.spi.LandingQuery;
import dev.landfall.spi.Ledger;
import dev.landfall.spi.PipelineListener;
import dev.landfall.spi.Settlement;
import dev.landfall.spi.SinkException;
import dev.landfall.spi.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What fails on the way is tried again or becomes a dead letter, by name. */
class PipelineFailureTest extends PipelineCase {
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
    String stored = new String(
        ledger.find(LandingQuery.all(), 1).get(0).landing().body().toByteArray(),
        StandardCharsets.UTF_8);
    assertTrue(stored.contains(Settlement.Stored.DIGEST), stored);
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
    steps.await("retrying e-1 on exports SINK_UNAVAILABLE The sink buggy failed");
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
    source.answerTo(Exports.event("host", "E", SignedLinks.at("https://evil.example/f")));
    source.answerTo(Exports.event(
        "late",
        "E",
        SignedLinks.at(storage.baseUrl() + "/f", Instant.parse("2020-01-01T00:00:00Z"))));
    source.answerTo(Exports.event("cut", "E", storage.baseUrl() + "/f?sv=2014-02-14&sig=secret"));
    source.answerTo(event("good"));
    steps.await("died empty on exports LINK_MISSING");
    steps.await("died host on exports HOST_NOT_ALLOWED");
    steps.await("died late on exports LINK_EXPIRED");
    steps.await("died cut on exports LINK_TRUNCATED");
    steps.await("landed good on exports");
    assertEquals(4, ledger.deadLetters(10).size());
    assertFalse(steps.all().toString().contains("secret"));
    assertFalse(ledger.deadLetters(10).toString().contains("secret"));
  }

  @Test
  void aLedgerThatIsDownTurnsTheSenderAwayUntilItIsBack() throws Exception {
    AtomicBoolean down = new AtomicBoolean(true);
    start(pipeline(
            TakenAsDurable.over(MemoryLedger.create(), call -> call.equals("record") && down.get()))
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
  void evenAnErrorOfAFilterTurnsTheSenderAway() throws Exception {
    start(pipeline(ledger)
        .route(Route.named("broken")
            .when(event -> {
              throw new AssertionError("a bug");
            })
            .handle(event -> {})));
    assertEquals(Verdict.TRY_LATER, source.answerTo(event("e-1")).verdict());
  }

  @Test
  void aListenerThatThrowsHarmsNothing() throws Exception {
    PipelineListener throwing = new PipelineListener() {
      @Override
      public void recorded(Step step, Arrival arrival) {
        throw new IllegalStateException("a bug");
      }
    };
    start(pipeline(ledger).listener(throwing).route(fetching().store(exports())));
    assertEquals(Verdict.ACCEPTED, source.answerTo(event("e-1")).verdict());
    steps.await("landed e-1");
  }

  @Test
  void aFileThatIsStoredStaysInTheSpoolUntilTheLedgerKnows() throws Exception {
    AtomicBoolean down = new AtomicBoolean(true);
    Ledger flaky =
        TakenAsDurable.over(MemoryLedger.create(), call -> call.equals("settle") && down.get());
    var sink = Scripted.sink("s", (file, call) -> Receipt.of("s", file));
    start(pipeline(flaky).lease(Duration.ofSeconds(1)).route(fetching().store(sink)));
    source.answerTo(event("e-1"));
    while (sink.calls().get() == 0 || spooled().size() != 2) {
      Thread.onSpinWait();
    }
    storage.resetAll();
    down.set(false);
    steps.await("landed e-1");
    assertEquals(2, sink.calls().get(), "no receipt was in the ledger, so it is stored again");
    storage.verify(0, getRequestedFor(anyUrl()));
    assertEquals(List.of(), spooled());
  }

  @Test
  void aLedgerThatThrowsWhatItShouldNotStopsNothing() throws Exception {
    Map<String, Integer> calls = new ConcurrentHashMap<>();
    Ledger broken = TakenAsDurable.over(ledger, call -> {
      if (!call.equals("record") && calls.merge(call, 1, Integer::sum) <= 2) {
        throw new IllegalStateException("a bug");
      }
      return false;
    });
    start(pipeline(broken).lease(Duration.ofSeconds(1)).route(fetching().store(exports())));
    source.answerTo(event("e-1"));
    source.answerTo(event("e-2"));
    steps.await("landed", 2);
    assertEquals(List.of(), spooled());
  }

  @Test
  void whoLosesItsLeaseChangesNothingMore() throws Exception {
    CountDownLatch taken = new CountDownLatch(1);
    Ledger forgetful = TakenAsDurable.over(ledger, call -> call.equals("renew"));
    var slow = Scripted.sink("s", (file, call) -> {
      if (call == 1) {
        assertTrue(taken.await(10, TimeUnit.SECONDS));
      } else {
        taken.countDown();
      }
      return Receipt.of("s", file);
    });
    start(pipeline(forgetful).lease(Duration.ofSeconds(1)).route(fetching().store(slow)));
    source.answerTo(event("e-1"));
    steps.await("lease lost e-1");
    steps.await("landed e-1");
    assertEquals(
        1, steps.all().stream().filter(step -> step.startsWith("landed")).count());
  }
}
