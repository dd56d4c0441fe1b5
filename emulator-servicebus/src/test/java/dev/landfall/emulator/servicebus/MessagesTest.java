package dev.landfall.emulator.servicebus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.util.BinaryData;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusMessageBatch;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessagesTest {

  private static final String QUEUE = "d365-events";

  private final TestClock clock = new TestClock();
  private final ServiceBusEmulator bus =
      ServiceBusEmulator.builder().queue(QUEUE).clock(clock).build();
  private final Clients clients = new Clients(bus);

  @AfterEach
  void close() {
    clients.close();
    bus.close();
  }

  @Test
  void aSentMessageIsReceivedWithAllItCarriesAndCompleted() {
    clients
        .sender(QUEUE)
        .sendMessage(new ServiceBusMessage("{\"a\":1}")
            .setMessageId("m1")
            .setContentType("application/json")
            .setSubject("subject")
            .setCorrelationId("correlation"));
    var receiver = clients.receiver(QUEUE);
    ServiceBusReceivedMessage message = Clients.next(receiver);
    assertEquals("{\"a\":1}", message.getBody().toString());
    assertEquals("m1", message.getMessageId());
    assertEquals("application/json", message.getContentType());
    assertEquals("subject", message.getSubject());
    assertEquals("correlation", message.getCorrelationId());
    assertEquals(0, message.getDeliveryCount());
    assertTrue(message.getSequenceNumber() > 0);
    assertEquals(
        clock.instant().toEpochMilli(), message.getEnqueuedTime().toInstant().toEpochMilli());
    assertEquals(
        clock.instant().plusSeconds(60).toEpochMilli(),
        message.getLockedUntil().toInstant().toEpochMilli());
    assertEquals(BusMessage.State.LOCKED, bus.messages(QUEUE).get(0).state());
    receiver.complete(message);
    assertEquals(0, bus.count(QUEUE));
    assertEquals(1, bus.completed(QUEUE));
  }

  @Test
  void aTestSendsWithoutAClientAndSeesWhatLiesThere() {
    bus.send(
        QUEUE,
        BusMessage.of("{}")
            .withMessageId("id")
            .withSubject("label")
            .withContentType("application/json")
            .withProperty("BusinessEventCategory", "Data"));
    BusMessage there = bus.messages(QUEUE).get(0);
    assertEquals("{}", there.text());
    assertEquals("id", there.messageId().orElseThrow());
    assertEquals(BusMessage.State.ACTIVE, there.state());
    ServiceBusReceivedMessage message = Clients.next(clients.receiver(QUEUE));
    assertEquals("{}", message.getBody().toString());
    assertEquals("id", message.getMessageId());
    assertEquals("label", message.getSubject());
    assertEquals("application/json", message.getContentType());
    assertEquals(Map.of("BusinessEventCategory", "Data"), message.getApplicationProperties());
  }

  @Test
  void aBatchOfAHundredBecomesAHundredMessages() {
    var sender = clients.sender(QUEUE);
    ServiceBusMessageBatch batch = sender.createMessageBatch();
    assertEquals(1024 * 1024, batch.getMaxSizeInBytes());
    for (int i = 0; i < 100; i++) {
      assertTrue(batch.tryAddMessage(new ServiceBusMessage("b" + i)));
    }
    sender.sendMessages(batch);
    assertEquals(100, bus.count(QUEUE));
    var receiver = clients.receiver(QUEUE);
    Set<String> seen = ConcurrentHashMap.newKeySet();
    while (seen.size() < 100) {
      ServiceBusReceivedMessage message = Clients.next(receiver);
      assertTrue(seen.add(message.getBody().toString()));
      receiver.complete(message);
    }
    assertEquals(0, bus.count(QUEUE));
  }

  @Test
  void aMessageOf900KilobytesPassesUnchanged() {
    byte[] body = new byte[900_000];
    new Random(1).nextBytes(body);
    clients.sender(QUEUE).sendMessage(new ServiceBusMessage(BinaryData.fromBytes(body)));
    assertArrayEquals(body, bus.messages(QUEUE).get(0).body());
    assertArrayEquals(body, Clients.next(clients.receiver(QUEUE)).getBody().toBytes());
  }

  @Test
  void receivingAndDeletingLeavesNothing() {
    bus.send(QUEUE, BusMessage.of("x"));
    assertEquals("x", Clients.next(clients.deletingReceiver(QUEUE)).getBody().toString());
    assertEquals(0, bus.count(QUEUE));
  }

  @Test
  void peekingShowsMessagesAndTakesNone() {
    var receiver = clients.receiver(QUEUE);
    assertNull(receiver.peekMessage());
    bus.send(QUEUE, BusMessage.of("p1"));
    bus.send(QUEUE, BusMessage.of("p2"));
    assertEquals(2, receiver.peekMessages(10).stream().count());
    assertEquals(BusMessage.State.ACTIVE, bus.messages(QUEUE).get(1).state());
  }

  @Test
  void aDeferredMessageIsReceivedByItsNumberOnly() {
    bus.send(QUEUE, BusMessage.of("later"));
    var receiver = clients.receiver(QUEUE);
    ServiceBusReceivedMessage message = Clients.next(receiver);
    receiver.defer(message);
    assertEquals(BusMessage.State.DEFERRED, bus.messages(QUEUE).get(0).state());
    ServiceBusReceivedMessage deferred =
        receiver.receiveDeferredMessage(message.getSequenceNumber());
    assertEquals("later", deferred.getBody().toString());
    receiver.complete(deferred);
    assertEquals(0, bus.count(QUEUE));
  }

  @Test
  void aScheduledMessageComesAtItsTimeUnlessItIsCancelled() {
    var sender = clients.sender(QUEUE);
    var time = clock.instant().plusSeconds(60).atOffset(ZoneOffset.UTC);
    long number = sender.scheduleMessage(new ServiceBusMessage("never"), time);
    assertEquals(BusMessage.State.SCHEDULED, bus.messages(QUEUE).get(0).state());
    sender.cancelScheduledMessage(number);
    assertEquals(0, bus.count(QUEUE));

    assertNotNull(sender.scheduleMessage(new ServiceBusMessage("then"), time));
    var receiver = clients.receiver(QUEUE);
    assertFalse(receiver.receiveMessages(1, Duration.ofMillis(200)).iterator().hasNext());
    clock.turn(Duration.ofSeconds(60));
    assertEquals("then", Clients.next(receiver).getBody().toString());
  }

  @Test
  void aMessageThatOutlivesItsTimeIsADeadLetter() {
    clients
        .sender(QUEUE)
        .sendMessage(new ServiceBusMessage("old").setTimeToLive(Duration.ofSeconds(30)));
    clock.turn(Duration.ofSeconds(29));
    assertEquals(1, bus.count(QUEUE));
    clock.turn(Duration.ofSeconds(1));
    Await.until("it is a dead letter", () -> bus.count(QUEUE) == 0);
    assertEquals(
        "TTLExpiredException", bus.deadLetters(QUEUE).get(0).properties().get("DeadLetterReason"));
  }

  @Test
  void aProcessorOfFourThreadsGetsEachOfAThousandMessagesOnce() {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < 1000; i++) {
      bus.send(QUEUE, BusMessage.of(("n" + i).getBytes(StandardCharsets.UTF_8)));
    }
    clients.process(QUEUE, 4, context -> {
      assertTrue(seen.add(context.getMessage().getBody().toString()));
      context.complete();
    });
    Await.until("all are completed", () -> bus.completed(QUEUE) == 1000);
    assertEquals(1000, seen.size());
    assertEquals(0, bus.count(QUEUE));
    assertTrue(clients.errors().isEmpty(), () -> clients.errors().toString());
  }
}
