package dev.landfall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.event.RawEvent;
import dev.landfall.file.Receipt;
import dev.landfall.file.SignedLinks;
import dev.landfall.spi.SinkException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Landings that go one at a time, and events that come late or twice under another id. */
class PipelineOrderTest extends PipelineCase {

  private final List<String> stored = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();

  private Receipt remember(String id) throws InterruptedException {
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    TimeUnit.MILLISECONDS.sleep(2);
    stored.add(id);
    atOnce.decrementAndGet();
    return new Receipt("memory", 0, null);
  }

  private static RawEvent event(String id, String company, int second, long control) {
    return RawEvent.of("""
        {"BusinessEventId":"NAVAXDMFExportBusinessEvent","EventId":"%s","ControlNumber":%d,
         "EventTime":"/Date(%d)/","EntityName":"Customers","LegalEntity":"%s",
         "DownloadURL":"%s"}
        """.formatted(
            id,
            control,
            1893456300000L + second * 1000L,
            company,
            SignedLinks.at(storage.baseUrl() + "/dmf/f.csv"))
        .getBytes(StandardCharsets.UTF_8));
  }

  private Route.Named ordered() {
    return Route.named("exports").inOrder();
  }

  @Test
  void anOrderedRouteLandsTheOldestExportFirstOneAtATime() throws Exception {
    var sink = Scripted.sink("s", (file, call) -> remember(file.event().id().value()));
    Pipeline pipeline = pipeline(ledger)
        .route(ordered().fetch(PayloadUrlLocator.field("DownloadURL")).store(sink))
        .build();
    started.add(pipeline);
    pipeline.pause("exports");
    pipeline.start();
    for (int second : List.of(3, 1, 5, 2, 4)) {
      source.answerTo(event("e-" + second, "usmf", second, second));
    }
    pipeline.resume("exports");
    steps.await("landed", 5);
    assertEquals(List.of("e-1", "e-2", "e-3", "e-4", "e-5"), stored);
    assertEquals(1, mostAtOnce.get());
  }

  @Test
  void companiesDoNotWaitForEachOther() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    var sink = Scripted.sink("s", (file, call) -> {
      both.countDown();
      assertTrue(both.await(10, TimeUnit.SECONDS), "the other company is stored meanwhile");
      return Receipt.of("memory", file);
    });
    start(pipeline(ledger)
        .route(ordered().fetch(PayloadUrlLocator.field("DownloadURL")).store(sink)));
    source.answerTo(event("e-1", "usmf", 1, 1));
    source.answerTo(event("e-2", "demf", 1, 1));
    steps.await("landed", 2);
  }

  @Test
  void oneThatIsTriedAgainHoldsUpThoseAfterItAndADeadOneDoesNot() throws Exception {
    var sink = Scripted.sink("s", (file, call) -> {
      String id = file.event().id().value();
      if (id.equals("fails") && call < 4) {
        throw SinkException.unavailable("The database is down.", null);
      }
      if (id.equals("dies")) {
        throw SinkException.rejected("Not this one.", null);
      }
      return remember(id);
    });
    Pipeline pipeline = pipeline(ledger)
        .route(ordered().fetch(PayloadUrlLocator.field("DownloadURL")).store(sink))
        .build();
    started.add(pipeline);
    pipeline.pause("exports");
    pipeline.start();
    source.answerTo(event("last", "usmf", 9, 9));
    source.answerTo(event("dies", "usmf", 2, 2));
    source.answerTo(event("fails", "usmf", 1, 1));
    pipeline.resume("exports");
    steps.await("landed", 2);
    assertEquals(List.of("fails", "last"), stored);
    steps.await("died dies on exports SINK_REJECTED");
  }

  @Test
  void anEventThatComesLateOrDoubledIsToldOfAndLanded() throws Exception {
    start(pipeline(ledger).route(fetching().store(exports())));
    source.answerTo(event("e-1", "usmf", 1, 5637144580L));
    source.answerTo(event("e-2", "usmf", 2, 5637144579L));
    source.answerTo(event("e-3", "usmf", 3, 5637144580L));
    source.answerTo(event("e-4", "usmf", 4, 5637144999L));
    steps.await("landed", 4);
    assertEquals(
        List.of(
            "recorded e-1 on exports",
            "recorded e-2 on exports LATE",
            "recorded e-3 on exports DOUBLED",
            "recorded e-4 on exports"),
        steps.all().stream().filter(step -> step.startsWith("recorded")).toList());
  }
}
