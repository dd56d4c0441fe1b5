package dev.landfall;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.event.LandfallException;
import dev.landfall.file.Receipt;
import dev.landfall.spi.RetryPolicy;
import dev.landfall.spi.SinkException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What one pipeline leaves, the next finishes. */
class PipelineRestartTest extends PipelineCase {
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
  void aLandingWhoseRouteIsGoneWaitsAndIsToldOf() throws Exception {
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
    steps.await("orphaned exports 1");
    started.get(1).close();
    start(pipeline(ledger).route(fetching().store(exports())));
    steps.await("landed e-1 on exports");
  }

  @Test
  void whatCloseInterruptsIsFinishedAfterARestartAlthoughItsLinkIsDead() throws Exception {
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
    storage.resetAll();
    storage.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(403)));
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
  void filesOfOthersInTheSpoolFolderAreLeftAlone() throws Exception {
    Path spool = Files.createDirectories(folder.resolve("spool"));
    for (String theirs : List.of("photo.jpg", "draft.part", "a.file", "notes.meta")) {
      Files.createFile(spool.resolve(theirs));
    }
    Files.createDirectories(spool.resolve("folder/inner"));
    String key = "0123456789abcdef0123456789abcdef";
    for (String ours : List.of(key + "-1.part", key + ".file", key + ".meta.part")) {
      Files.createFile(spool.resolve(ours));
    }
    start(pipeline(ledger).route(fetching().store(exports())));
    assertEquals(List.of("a.file", "draft.part", "folder", "notes.meta", "photo.jpg"), spooled());
  }
}
