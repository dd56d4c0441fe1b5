package dev.landfall.emulator.servicebus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusFailureReason;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.models.AbandonOptions;
import com.azure.messaging.servicebus.models.DeadLetterOptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SettlementsTest {

  private static final String QUEUE = "q";
  private static final Duration LOCK = Duration.ofSeconds(30);

  private final TestClock clock = new TestClock();
  private final ServiceBusEmulator bus = ServiceBusEmulator.builder()
      .queue(QUEUE, EntitySettings.DEFAULT.withLockDuration(LOCK).withMaxDeliveryCount(3))
      .clock(clock)
      .build();
  private final Clients clients = new Clients(bus);

  @AfterEach
  void close() {
    clients.close();
    bus.close();
  }

  @Test
  void anAbandonedMessageComesAgainCountedAndWithChangedProperties() {
    bus.send(QUEUE, BusMessage.of("x"));
    var receiver = clients.receiver(QUEUE);
    receiver.abandon(
        Clients.next(receiver), new AbandonOptions().setPropertiesToModify(Map.of("why", "later")));
    ServiceBusReceivedMessage again = Clients.next(receiver);
    assertEquals(1, again.getDeliveryCount());
    assertEquals("later", again.getApplicationProperties().get("why"));
  }

  @Test
  void aMessageThatWasDeliveredTooOftenIsADeadLetter() {
    bus.send(QUEUE, BusMessage.of("poison"));
    var receiver = clients.receiver(QUEUE);
    for (int i = 0; i < 3; i++) {
      receiver.abandon(Clients.next(receiver));
    }
    assertEquals(0, bus.count(QUEUE));
    var deadLetters = clients.deadLetters(QUEUE);
    ServiceBusReceivedMessage dead = Clients.next(deadLetters);
    assertEquals("MaxDeliveryCountExceeded", dead.getDeadLetterReason());
    assertEquals(3, dead.getDeliveryCount());
    deadLetters.complete(dead);
    assertEquals(0, bus.deadLetters(QUEUE).size());
  }

  @Test
  void aDeadLetterTellsItsReasonToClientsAndTests() {
    bus.send(QUEUE, BusMessage.of("bad"));
    var receiver = clients.receiver(QUEUE);
    receiver.deadLetter(
        Clients.next(receiver),
        new DeadLetterOptions()
            .setDeadLetterReason("BadPayload")
            .setDeadLetterErrorDescription("not json")
            .setPropertiesToModify(Map.of("k", 7)));
    assertEquals(0, bus.count(QUEUE));
    assertEquals(
        Map.of("DeadLetterReason", "BadPayload", "DeadLetterErrorDescription", "not json", "k", 7),
        bus.deadLetters(QUEUE).get(0).properties());
    ServiceBusReceivedMessage dead = Clients.next(clients.deadLetters(QUEUE));
    assertEquals("BadPayload", dead.getDeadLetterReason());
    assertEquals("not json", dead.getDeadLetterErrorDescription());
  }

  @Test
  void aLockThatRanOutIsLostForCompletionAndRenewal() {
    bus.send(QUEUE, BusMessage.of("slow"));
    var receiver = clients.receiver(QUEUE);
    ServiceBusReceivedMessage late = Clients.next(receiver);
    clock.turn(LOCK);
    Await.until("the lock is over", () -> bus.messages(QUEUE).get(0).deliveryCount() == 1);
    assertLockLost(assertThrows(ServiceBusException.class, () -> receiver.complete(late)));
    assertLockLost(assertThrows(ServiceBusException.class, () -> receiver.renewMessageLock(late)));
    ServiceBusReceivedMessage again = Clients.next(receiver);
    assertEquals(1, again.getDeliveryCount());
    receiver.complete(again);
    assertEquals(0, bus.count(QUEUE));
  }

  private static void assertLockLost(ServiceBusException failure) {
    assertEquals(ServiceBusFailureReason.MESSAGE_LOCK_LOST, failure.getReason());
  }

  @Test
  void aRenewedLockLastsLonger() {
    bus.send(QUEUE, BusMessage.of("slow"));
    var receiver = clients.receiver(QUEUE);
    ServiceBusReceivedMessage message = Clients.next(receiver);
    clock.turn(LOCK.dividedBy(2));
    assertEquals(
        clock.instant().plus(LOCK).toEpochMilli(),
        receiver.renewMessageLock(message).toInstant().toEpochMilli());
    clock.turn(LOCK.minusSeconds(1));
    // Its turn has to be over before the clock tells anything.
    assertEquals(1, bus.count(QUEUE));
    receiver.complete(message);
    assertEquals(0, bus.count(QUEUE));
  }

  @Test
  void locksOfAClientThatWentAwayRunOn() {
    bus.send(QUEUE, BusMessage.of("x"));
    try (Clients gone = new Clients(bus)) {
      Clients.next(gone.receiver(QUEUE));
    }
    assertEquals(BusMessage.State.LOCKED, bus.messages(QUEUE).get(0).state());
    clock.turn(LOCK);
    assertEquals(1, Clients.next(clients.receiver(QUEUE)).getDeliveryCount());
  }

  @Test
  void theClientKeepsALockByRenewingItOfItself() {
    var settings = EntitySettings.DEFAULT.withLockDuration(Duration.ofSeconds(2));
    try (ServiceBusEmulator real =
            ServiceBusEmulator.builder().queue(QUEUE, settings).build();
        Clients patient = new Clients(real)) {
      real.send(QUEUE, BusMessage.of("long"));
      var receiver = patient.renewingReceiver(QUEUE, Duration.ofSeconds(20));
      ServiceBusReceivedMessage message = Clients.next(receiver);
      var secondEnd = message.getEnqueuedTime().plusSeconds(5).toInstant();
      Await.until(
          "two locks would have run out",
          () -> java.time.Clock.systemUTC().instant().isAfter(secondEnd));
      receiver.complete(message);
      assertEquals(1, real.completed(QUEUE));
      assertTrue(real.deadLetters(QUEUE).isEmpty());
    }
  }
}
