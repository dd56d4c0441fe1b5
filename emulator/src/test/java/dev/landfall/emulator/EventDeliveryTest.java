package dev.landfall.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.emulator.data.Entities;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventDeliveryTest {

  private static final DataProject GROUPS =
      DataProject.named("Nightly").entity(Entities.customerGroups(), 2);

  private final FinopsEmulator finops = FinopsEmulator.builder()
      .retryPause(Duration.ofMillis(5))
      .deliveryTimeout(Duration.ofSeconds(5))
      .start();

  @AfterEach
  void close() {
    finops.close();
  }

  @Test
  void anEventIsPostedAsJsonToTheWholeUrlWithTheEndpointsHeaders() throws Exception {
    try (Receiver receiver = Receiver.accepting()) {
      finops.endpoint(Endpoint.at(receiver.uri()).header("X-Shared-Secret", "s3cret"));
      Export export = finops.exportOne(GROUPS);
      assertEquals(1, outcome(export).size());
      Receiver.Post post = receiver.posts().get(0);
      assertEquals(export.payload(), post.body());
      assertEquals("code=top-secret", post.query());
      assertEquals("s3cret", post.headers().get("X-Shared-Secret"));
      assertEquals("application/json; charset=utf-8", post.headers().get("Content-Type"));
    }
  }

  @Test
  void theExportTellsHowTheDeliveryWent() throws Exception {
    try (Receiver receiver = new Receiver(before -> 204)) {
      finops.endpoint(receiver.uri());
      Export export = finops.exportOne(GROUPS);
      Delivery delivery = outcome(export).get(0);
      assertTrue(delivery.accepted());
      assertEquals(export.eventId(), delivery.eventId());
      assertEquals(1, delivery.attempts());
      assertEquals(204, delivery.status());
      assertEquals(List.of(delivery), finops.deliveries());
      assertEquals(List.of(), finops.errorLog());
    }
  }

  @Test
  void anExportWithoutEndpointHasNothingToDeliver() throws Exception {
    assertEquals(List.of(), outcome(finops.exportOne(GROUPS)));
  }

  @Test
  void anEventIsTriedThreeTimesMore() throws Exception {
    try (Receiver receiver = new Receiver(before -> before < 3 ? 503 : 200)) {
      finops.endpoint(receiver.uri());
      Delivery delivery = outcome(finops.exportOne(GROUPS)).get(0);
      assertTrue(delivery.accepted());
      assertEquals(4, delivery.attempts());
      assertEquals(4, receiver.posts().size());
      assertEquals(List.of(), finops.errorLog());
    }
  }

  @Test
  void anEventThatIsNeverAcceptedLiesInTheErrorLogUntilItIsResent() throws Exception {
    try (Receiver receiver = new Receiver(before -> before < 8 ? 500 : 200)) {
      finops.endpoint(receiver.uri());
      Export export = finops.exportOne(GROUPS);
      Delivery failed = outcome(export).get(0);
      assertFalse(failed.accepted());
      assertEquals(4, failed.attempts());
      assertEquals("HTTP 500", failed.answer());
      assertEquals(List.of(failed), finops.errorLog());

      Delivery again = finops.resend(export.eventId()).get(10, TimeUnit.SECONDS).get(0);
      assertFalse(again.accepted());
      assertEquals(List.of(again), finops.errorLog());

      Delivery third = finops.resend(export.eventId()).get(10, TimeUnit.SECONDS).get(0);
      assertTrue(third.accepted());
      assertEquals(List.of(), finops.errorLog());
      assertEquals(List.of(failed, again, third), finops.deliveries());
      assertEquals(9, receiver.posts().size());
      assertEquals(
          1L,
          receiver.posts().stream().map(Receiver.Post::body).distinct().count(),
          "same payload");
      assertThrows(IllegalArgumentException.class, () -> finops.resend(export.eventId()));
    }
  }

  @Test
  void anErrorOfADetachedEndpointIsResentToTheNextOne() throws Exception {
    try (Receiver broken = new Receiver(before -> 500);
        Receiver next = Receiver.accepting()) {
      Endpoint old = finops.endpoint(broken.uri());
      Export export = finops.exportOne(GROUPS);
      assertFalse(outcome(export).get(0).accepted());
      assertTrue(finops.detach(old));
      finops.endpoint(next.uri());
      assertTrue(
          finops.resend(export.eventId()).get(10, TimeUnit.SECONDS).get(0).accepted());
      assertEquals(List.of(), finops.errorLog());
      assertEquals(export.payload(), next.posts().get(0).body());
    }
  }

  @Test
  void anEventIsDeliveredAgainOnRequest() throws Exception {
    try (Receiver receiver = Receiver.accepting()) {
      finops.endpoint(receiver.uri());
      Export export = finops.exportOne(GROUPS);
      outcome(export);
      finops.redeliver(export.eventId()).get(10, TimeUnit.SECONDS);
      assertEquals(
          List.of(export.payload(), export.payload()),
          receiver.posts().stream().map(Receiver.Post::body).toList());
      assertThrows(IllegalArgumentException.class, () -> finops.redeliver("never sent"));
    }
  }

  @Test
  void eachEndpointHasItsOwnOutcome() throws Exception {
    try (Receiver good = Receiver.accepting();
        Receiver bad = new Receiver(before -> 400)) {
      finops.endpoint(good.uri());
      finops.endpoint(bad.uri());
      List<Delivery> deliveries = outcome(finops.exportOne(GROUPS));
      assertEquals(
          List.of(true, false), deliveries.stream().map(Delivery::accepted).toList());
      assertEquals(List.of(deliveries.get(1)), finops.errorLog());
    }
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    try (Receiver receiver = new Receiver(before -> 307)) {
      finops.endpoint(receiver.uri());
      Delivery delivery = outcome(finops.exportOne(GROUPS)).get(0);
      assertEquals(307, delivery.status());
      assertFalse(delivery.accepted());
      assertEquals(4, receiver.posts().size());
    }
  }

  @Test
  void aSilentEndpointIsGivenUpAfterTheTimeout() throws Exception {
    try (FinopsEmulator hasty = FinopsEmulator.builder()
            .deliveryTimeout(Duration.ofMillis(200))
            .retries(1)
            .retryPause(Duration.ZERO)
            .start();
        Receiver receiver = new Receiver(before -> 0)) {
      hasty.endpoint(receiver.uri());
      Delivery delivery = outcome(hasty.exportOne(GROUPS)).get(0);
      assertFalse(delivery.accepted());
      assertEquals(2, delivery.attempts());
      assertEquals(0, delivery.status());
      assertEquals("no answer within PT0.2S", delivery.answer());
    }
  }

  @Test
  void anEndpointThatIsDownIsAFailureLikeAnyOther() throws Exception {
    int port;
    try (var unused = new ServerSocket(0)) {
      port = unused.getLocalPort();
    }
    finops.endpoint(URI.create("http://127.0.0.1:" + port + "/"));
    Delivery delivery = outcome(finops.exportOne(GROUPS)).get(0);
    assertEquals(4, delivery.attempts());
    assertEquals("ConnectException", delivery.answer());
  }

  @Test
  void anEndpointIsActivatedOnlyIfItAcceptsTheTestEvent() throws Exception {
    try (Receiver refusing = new Receiver(before -> 401);
        Receiver accepting = Receiver.accepting()) {
      assertFalse(finops.activate(Endpoint.at(refusing.uri())).accepted());
      assertTrue(finops.activate(Endpoint.at(accepting.uri())).accepted());
      assertEquals(1, outcome(finops.exportOne(GROUPS)).size());
      assertEquals(1, refusing.posts().size());
      assertEquals(2, accepting.posts().size());
      assertEquals(3, finops.deliveries().size());
      assertEquals(List.of(), finops.errorLog());
    }
  }

  @Test
  void noSecretIsPrinted() throws Exception {
    try (Receiver receiver = new Receiver(before -> 500)) {
      Endpoint endpoint =
          finops.endpoint(Endpoint.at(receiver.uri()).header("X-Shared-Secret", "s3cret"));
      Export export = finops.exportOne(GROUPS);
      String printed = endpoint + " " + outcome(export) + finops.errorLog() + export;
      assertFalse(printed.contains("secret"), printed);
      assertFalse(printed.contains("s3cret"), printed);
      assertFalse(printed.contains("sig="), printed);
      assertTrue(printed.contains("/events?..."), printed);
    }
  }

  @Test
  void closingCancelsWhatIsUnderWay() throws Exception {
    try (Receiver receiver = new Receiver(before -> 0)) {
      finops.endpoint(receiver.uri());
      Export export = finops.exportOne(GROUPS);
      finops.close();
      assertThrows(CancellationException.class, () -> outcome(export));
      assertThrows(IllegalStateException.class, () -> finops.exportOne(GROUPS));
    }
  }

  @Test
  void onOneThreadEventsArriveInTheOrderOfExports() throws Exception {
    try (FinopsEmulator orderly = FinopsEmulator.builder().processingThreads(1).start();
        Receiver receiver = Receiver.accepting()) {
      orderly.endpoint(receiver.uri());
      for (int i = 0; i < 20; i++) {
        orderly.exportOne(GROUPS);
      }
      for (Export export : orderly.exports()) {
        outcome(export);
      }
      assertEquals(
          orderly.exports().stream().map(Export::payload).toList(),
          receiver.posts().stream().map(Receiver.Post::body).toList());
    }
  }

  private static List<Delivery> outcome(Export export) throws Exception {
    return export.outcome().get(30, TimeUnit.SECONDS);
  }
}
