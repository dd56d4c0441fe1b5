package dev.landfall.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.landfall.emulator.data.Entity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events to queues and topics, with senders that accept, throw and hang. */
@Timeout(60)
class BusDeliveryTest {

  private static final Entity ENTITY =
      Entity.named("Gr\u00F6\u00DFen", "SIZEENTITY").field("SIZEID", row -> row.id("S", 4));
  private static final DataProject SIZES =
      DataProject.named("Nightly").legalEntity("usmf").entity(ENTITY, 2);

  private final TestClock clock = new TestClock();
  private final FinopsEmulator finops =
      FinopsEmulator.builder().clock(clock).retryPause(Duration.ofMillis(5)).start();
  private final List<Message> messages = Collections.synchronizedList(new ArrayList<>());
  private final BusSender accepting =
      (body, properties) -> messages.add(new Message(body, properties));

  private record Message(String text, Map<String, String> properties) {

    Message(byte[] body, Map<String, String> properties) {
      this(new String(body, StandardCharsets.UTF_8), properties);
    }
  }

  @AfterEach
  void close() {
    finops.close();
  }

  /** Throws as often as told, then accepts. */
  private BusSender failing(int times) {
    return (body, properties) -> {
      messages.add(new Message(body, properties));
      if (messages.size() <= times) {
        throw new IOException("Endpoint=sb://bus/;SharedAccessKey=s3cret");
      }
    };
  }

  private static List<Delivery> outcome(Export export) throws Exception {
    return export.outcome().get(30, TimeUnit.SECONDS);
  }

  @Test
  void aMessageIsTheFlatObjectInUtf8WithPropertiesBesideIt() throws Exception {
    finops.endpoint(Endpoint.queue("d365-events", accepting));
    Export export = finops.exportOne(SIZES);
    Delivery delivery = outcome(export).get(0);
    assertEquals(
        new Delivery(export.eventId(), "queue d365-events", true, 1, 0, "sent", clock.instant()),
        delivery);
    assertEquals(List.of(delivery), finops.deliveries());
    assertEquals(export.payload(), messages.get(0).text());
    assertTrue(messages.get(0).text().contains("Gr\u00F6\u00DFen"));
    assertEquals(
        Map.of(
            "EventId", export.eventId(),
            "BusinessEventId", "NAVAXDMFExportBusinessEvent",
            "BusinessEventCategory", "DIXF",
            "LegalEntity", "usmf",
            "EventTime", "2030-01-01T00:10:00.1234567Z"),
        messages.get(0).properties());
  }

  @Test
  void aSenderThatThrowsIsTriedAgain() throws Exception {
    finops.endpoint(Endpoint.queue("q", failing(3)));
    Export export = finops.exportOne(SIZES);
    Delivery delivery = outcome(export).get(0);
    assertTrue(delivery.accepted());
    assertEquals(4, delivery.attempts());
    assertEquals(
        Collections.nCopies(4, export.payload()),
        messages.stream().map(Message::text).toList());
    assertEquals(List.of(), finops.errorLog());
  }

  @Test
  void whatAQueueNeverTakesLiesInTheErrorLogUntilItIsResent() throws Exception {
    Endpoint queue = finops.endpoint(Endpoint.queue("q", failing(4)));
    Export export = finops.exportOne(SIZES);
    Delivery failed = outcome(export).get(0);
    assertFalse(failed.accepted());
    assertEquals("IOException", failed.answer());
    assertEquals(List.of(failed), finops.errorLog());
    String printed = queue + " " + finops.deliveries() + finops.errorLog();
    assertFalse(printed.contains("s3cret"), printed);

    Delivery again = finops.resend(export.eventId()).get(10, TimeUnit.SECONDS).get(0);
    assertTrue(again.accepted());
    assertEquals(List.of(), finops.errorLog());
    assertEquals(List.of(failed, again), finops.deliveries());
    assertEquals(messages.get(0).properties(), messages.get(4).properties());
  }

  @Test
  @SuppressWarnings("serial")
  void whateverIsThrownIsAFailedTry() throws Exception {
    finops.endpoint(Endpoint.queue("q", (body, properties) -> {
      throw new AssertionError("s3cret");
    }));
    finops.endpoint(Endpoint.topic("t", (body, properties) -> {
      throw new IllegalStateException("s3cret") {};
    }));
    List<Delivery> deliveries = outcome(finops.exportOne(SIZES));
    assertEquals("AssertionError", deliveries.get(0).answer());
    assertTrue(
        deliveries.get(1).answer().startsWith(BusDeliveryTest.class.getName()),
        deliveries.toString());
    assertEquals(2, finops.errorLog().size());
  }

  @Test
  void aSenderThatHangsIsInterruptedAfterTheTimeout() throws Exception {
    var never = new CountDownLatch(1);
    var interrupted = new CountDownLatch(2);
    try (FinopsEmulator hasty = FinopsEmulator.builder()
        .deliveryTimeout(Duration.ofMillis(200))
        .retries(1)
        .retryPause(Duration.ZERO)
        .start()) {
      hasty.endpoint(Endpoint.queue("q", (body, properties) -> {
        try {
          never.await();
        } catch (InterruptedException late) {
          interrupted.countDown();
          throw late;
        }
      }));
      Delivery delivery = outcome(hasty.exportOne(SIZES)).get(0);
      assertFalse(delivery.accepted());
      assertEquals(2, delivery.attempts());
      assertEquals("no answer within PT0.2S", delivery.answer());
      assertEquals(List.of(delivery), hasty.errorLog());
      assertTrue(interrupted.await(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void aSenderThatHeedsNoInterruptHoldsUpNoOtherEvent() throws Exception {
    var released = new CountDownLatch(1);
    try (FinopsEmulator hasty = FinopsEmulator.builder()
        .deliveryTimeout(Duration.ofMillis(200))
        .retries(0)
        .processingThreads(1)
        .start()) {
      Endpoint stuck = hasty.endpoint(Endpoint.queue("stuck", (body, properties) -> {
        while (released.getCount() > 0) {
          Thread.onSpinWait();
        }
      }));
      assertFalse(outcome(hasty.exportOne(SIZES)).get(0).accepted());
      hasty.detach(stuck);
      hasty.endpoint(Endpoint.queue("free", accepting));
      assertTrue(outcome(hasty.exportOne(SIZES)).get(0).accepted());
    } finally {
      released.countDown();
    }
  }

  @Test
  void aQueueIsActivatedOnlyIfItTakesTheTestEvent() throws Exception {
    Delivery refused = finops.activate(Endpoint.queue("refusing", failing(1)));
    assertFalse(refused.accepted());
    assertEquals(1, refused.attempts());
    assertTrue(finops.activate(Endpoint.queue("accepting", accepting)).accepted());
    Message test = messages.get(1);
    assertEquals(
        List.of("EventId", "BusinessEventId", "EventTime"),
        List.copyOf(test.properties().keySet()));
    assertEquals(
        test.properties().get("BusinessEventId"),
        new ObjectMapper().readTree(test.text()).get("BusinessEventId").asText());
    assertEquals(
        List.of("queue accepting"),
        outcome(finops.exportOne(SIZES)).stream().map(Delivery::endpoint).toList());
  }

  @Test
  void anEndpointIsToldFromOthersByItsKindAndName() throws Exception {
    finops.endpoint(Endpoint.queue("a", failing(Integer.MAX_VALUE)));
    finops.endpoint(Endpoint.queue("a", accepting));
    finops.endpoint(Endpoint.queue("b", accepting));
    finops.endpoint(Endpoint.topic("a", accepting));
    Export export = finops.exportOne(SIZES);
    assertEquals(
        List.of("queue a", "queue b", "topic a"),
        outcome(export).stream().map(Delivery::endpoint).toList());
    assertTrue(finops.detach(Endpoint.queue("a", accepting)));
    assertFalse(finops.detach(Endpoint.queue("a", accepting)));
    assertEquals(
        List.of("queue b", "topic a"),
        finops.redeliver(export.eventId()).get(10, TimeUnit.SECONDS).stream()
            .map(Delivery::endpoint)
            .toList());
    assertEquals(5, messages.size());
  }

  @Test
  void anErrorOfADetachedQueueIsResentToTheNextEndpointOfAnyKind() throws Exception {
    try (Receiver next = Receiver.accepting()) {
      Endpoint old = finops.endpoint(Endpoint.queue("q", failing(4)));
      Export export = finops.exportOne(SIZES);
      assertFalse(outcome(export).get(0).accepted());
      finops.detach(old);
      finops.endpoint(next.uri());
      assertTrue(
          finops.resend(export.eventId()).get(10, TimeUnit.SECONDS).get(0).accepted());
      assertEquals(export.payload(), next.posts().get(0).body());
      assertEquals(List.of(), finops.errorLog());
    }
  }

  @Test
  void closingInterruptsWhatIsUnderWay() throws Exception {
    var begun = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    finops.endpoint(Endpoint.queue("q", (body, properties) -> {
      begun.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException closed) {
        interrupted.countDown();
      }
    }));
    Export export = finops.exportOne(SIZES);
    assertTrue(begun.await(10, TimeUnit.SECONDS));
    finops.close();
    assertThrows(CancellationException.class, () -> outcome(export));
    assertTrue(interrupted.await(10, TimeUnit.SECONDS));
  }

  @Test
  void aNameIsNotBlank() {
    var refused =
        assertThrows(IllegalArgumentException.class, () -> Endpoint.topic(" ", accepting));
    assertEquals("The name of a topic is not blank.", refused.getMessage());
  }
}
