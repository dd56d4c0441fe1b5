package dev.landfall;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Reason;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.FileReference;
import dev.landfall.file.Receipt;
import dev.landfall.spi.CircuitPolicy;
import dev.landfall.spi.Disposition;
import dev.landfall.spi.Disposition.Verdict;
import dev.landfall.spi.Failure;
import dev.landfall.spi.LandingQuery;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.PipelineListener;
import dev.landfall.spi.RetryPolicy;
import dev.landfall.spi.SinkException;
import dev.landfall.spi.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a pipeline does not do for now: because it is told to, is full, or a sink is down. */
class PipelinePauseTest extends PipelineCase {

  @Test
  void aPausedIntakeTellsSendersToTryLaterUntilItIsResumed() throws Exception {
    Pipeline pipeline = start(pipeline(ledger).route(fetching().store(exports())));
    pipeline.pauseIntake();
    Disposition answer = source.answerTo(event("e-1"));
    assertEquals(Verdict.TRY_LATER, answer.verdict());
    assertFalse(answer.retryAfter().isZero());
    assertEquals(List.of("turned away INTAKE_PAUSED"), steps.all());
    pipeline.resumeIntake();
    assertEquals(Verdict.ACCEPTED, source.answerTo(event("e-1")).verdict());
    steps.await("landed e-1");
  }

  @Test
  void aPausedRouteIsRecordedAndLandsOnceItIsResumed() throws Exception {
    Pipeline pipeline = start(pipeline(ledger)
        .route(fetching().store(exports()))
        .route(Route.named("others").handle(event -> {})));
    pipeline.pause("exports");
    assertEquals(Verdict.ACCEPTED, source.answerTo(event("e-1")).verdict());
    steps.await("landed e-1 on others");
    assertEquals(
        List.of(),
        pipeline.admin().find(landed(), 10).stream()
            .filter(report -> report.landing().id().route().equals("exports"))
            .toList());
    pipeline.resume("exports");
    steps.await("landed e-1 on exports");
  }

  private static LandingQuery landed() {
    return LandingQuery.all().in(LandingState.STORED);
  }

  @Test
  void onlyAKnownRouteCanBePaused() {
    Pipeline pipeline = start(pipeline(ledger).route(fetching().store(exports())));
    var refused = assertThrows(IllegalArgumentException.class, () -> pipeline.pause("export"));
    assertEquals("The pipeline has no route export, only [exports].", refused.getMessage());
    assertThrows(IllegalArgumentException.class, () -> pipeline.resume("export"));
  }

  @Test
  void listenersHearThatASourceIsLostAndThatItIsThereAgain() {
    start(pipeline(ledger).route(fetching().store(exports())));
    Instant noon = Instant.parse("2030-01-01T12:00:00Z");
    source.receiver().lost("direct", new Failure(Reason.SOURCE_UNAVAILABLE, "Gone.", noon));
    source.receiver().restored("direct");
    assertEquals(
        List.of("source lost direct SOURCE_UNAVAILABLE", "source restored direct"), steps.all());
  }

  @Test
  void aFullLedgerTellsSendersToTryLater() throws Exception {
    Pipeline pipeline = start(pipeline(ledger).backlogLimit(2).route(fetching().store(exports())));
    pipeline.pause("exports");
    assertEquals(Verdict.ACCEPTED, source.answerTo(event("e-1")).verdict());
    assertEquals(Verdict.ACCEPTED, source.answerTo(event("e-2")).verdict());
    assertEquals(Verdict.TRY_LATER, source.answerTo(event("e-3")).verdict());
    assertEquals("turned away OVERLOADED", steps.await("turned away"));
    pipeline.resume("exports");
    steps.await("landed", 2);
    // Counted anew every few seconds.
    while (source.answerTo(event("e-3")).verdict() != Verdict.ACCEPTED) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    steps.await("landed e-3");
  }

  @Test
  void aSinkThatIsDownIsLeftAloneAndFilesAreFetchedAllTheSame() throws Exception {
    AtomicBoolean down = new AtomicBoolean(true);
    AtomicInteger asked = new AtomicInteger();
    var sink = Scripted.sink("table", (file, call) -> {
      asked.incrementAndGet();
      if (down.get()) {
        throw SinkException.unavailable("The database is down.", null);
      }
      return Receipt.of("table", file);
    });
    start(pipeline(ledger)
        .workers(1)
        .circuit(CircuitPolicy.after(3).pausing(Duration.ofMillis(400), Duration.ofMillis(800)))
        .route(fetching().store(sink)));
    for (int i = 0; i < 20; i++) {
      source.answerTo(event("e-" + i));
    }
    steps.await("sink paused table");
    steps.await("retrying e-19 ");
    assertTrue(asked.get() <= 6, asked + " calls of a sink that is down");
    storage.verify(20, getRequestedFor(anyUrl()));
    down.set(false);
    steps.await("landed", 20);
    steps.await("sink resumed table");
    storage.verify(20, getRequestedFor(anyUrl()));
    assertEquals(List.of(), spooled());
  }

  @Test
  void aStorageThatAsksForTimeGetsIt() throws Exception {
    storage.stubFor(get(anyUrl())
        .inScenario("busy")
        .whenScenarioStateIs("Started")
        .willSetStateTo("free")
        .willReturn(aResponse().withStatus(503).withHeader("Retry-After", "1")));
    storage.stubFor(get(anyUrl())
        .inScenario("busy")
        .whenScenarioStateIs("free")
        .willReturn(aResponse().withBody("id;name\n1;one\n")));
    start(pipeline(ledger)
        .retry(RetryPolicy.upTo(Duration.ofMinutes(1))
            .backingOff(Duration.ofMillis(1), Duration.ofSeconds(5)))
        .route(fetching().store(exports())));
    long begin = System.nanoTime();
    source.answerTo(event("e-1"));
    steps.await("landed e-1");
    long took = Duration.ofNanos(System.nanoTime() - begin).toMillis();
    assertTrue(took >= 1000, "tried again after " + took + " ms, asked for were 1000");
  }

  @Test
  void noMoreFilesAreFetchedFromAHostAtOnceThanItAllows() throws Exception {
    storage.stubFor(get(anyUrl()).willReturn(aResponse().withBody("1").withFixedDelay(50)));
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch ends = new CountDownLatch(12);
    start(pipeline(ledger)
        .downloadsPerHost(2)
        .listener(new PipelineListener() {
          @Override
          public void fetching(Step step, FileReference reference) {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
          }

          @Override
          public void spooled(Step step, ExportedFile file, Duration took) {
            atOnce.decrementAndGet();
            ends.countDown();
          }
        })
        .route(fetching().store(exports())));
    for (int i = 0; i < 12; i++) {
      source.answerTo(event("e-" + i));
    }
    assertTrue(ends.await(10, TimeUnit.SECONDS));
    assertEquals(2, most.get());
  }
}
