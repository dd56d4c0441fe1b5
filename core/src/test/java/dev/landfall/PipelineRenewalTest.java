package dev.landfall;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import dev.landfall.file.SignedLink;
import dev.landfall.file.SignedLinks;
import dev.landfall.spi.FileLocator;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PipelineRenewalTest extends PipelineCase {

  private final AtomicInteger asked = new AtomicInteger();

  /** Finds the file under another path each time. */
  private FileReference another(BusinessEvent event) {
    return FileReference.of(SignedLink.of(
        SignedLinks.at(storage.baseUrl() + "/fresh/" + asked.incrementAndGet() + ".csv")));
  }

  private Route route(FileLocator locator) {
    return Route.named("exports").fetch(locator).store(exports());
  }

  private static void answers(String path, int status) {
    storage.stubFor(get(urlPathEqualTo(path)).willReturn(aResponse().withStatus(status)));
  }

  private FileLocator link() {
    return PayloadUrlLocator.field("DownloadURL");
  }

  @Test
  void aLinkThatFailsForGoodIsReplacedByAFreshOne() throws Exception {
    answers("/dmf/f.csv", 403);
    answers("/fresh/1.csv", 403);
    start(pipeline(ledger).route(route(link().or(this::another))));
    source.answerTo(event("e-1"));
    steps.await("landed e-1 on exports");
    assertEquals(2, asked.get());
  }

  @Test
  void linksThatFailOneAfterTheOtherAreADeadLetter() throws Exception {
    answers("/dmf/f.csv", 403);
    for (int i = 1; i < 10; i++) {
      answers("/fresh/" + i + ".csv", 404);
    }
    start(pipeline(ledger).route(route(link().or(this::another))));
    source.answerTo(event("e-1"));
    steps.await("died e-1 on exports FILE_GONE");
    assertEquals(3, asked.get());
  }

  @Test
  void theSameLinkIsNotTriedTwice() throws Exception {
    answers("/dmf/f.csv", 403);
    start(pipeline(ledger).route(route(link().or(link()))));
    source.answerTo(event("e-1"));
    steps.await("died e-1 on exports");
    assertEquals(1, storage.getAllServeEvents().size());
  }

  @Test
  void aFailureThatMayPassIsTriedAgainWithTheLinkThereIs() throws Exception {
    answers("/dmf/f.csv", 500);
    start(pipeline(ledger).route(route(link().or(this::another))));
    source.answerTo(event("e-1"));
    steps.await("retrying e-1 on exports");
    storage.stubFor(get(urlPathEqualTo("/dmf/f.csv")).willReturn(aResponse().withBody("x")));
    steps.await("landed e-1 on exports");
    assertEquals(0, asked.get());
  }

  @Test
  void aFreshLinkThatCannotBeHadNowIsWaitedFor() throws Exception {
    answers("/dmf/f.csv", 403);
    FileLocator busyAtFirst = event -> {
      if (asked.get() < 2) {
        asked.incrementAndGet();
        throw FetchException.passing(Reason.FILE_UNAVAILABLE, "F&O is busy.", null);
      }
      return another(event);
    };
    start(pipeline(ledger).route(route(link().or(busyAtFirst))));
    source.answerTo(event("e-1"));
    steps.await("landed e-1 on exports");
    assertEquals(3, asked.get());
  }
}
