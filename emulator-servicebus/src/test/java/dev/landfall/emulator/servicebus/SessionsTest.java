package dev.landfall.emulator.servicebus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.amqp.exception.AmqpException;
import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionsTest {

  private static final String QUEUE = "sq";
  private static final Duration LOCK = Duration.ofSeconds(30);

  private final TestClock clock = new TestClock();
  private final ServiceBusEmulator bus = ServiceBusEmulator.builder()
      .queue(QUEUE, EntitySettings.DEFAULT.withSessions().withLockDuration(LOCK))
      .clock(clock)
      .build();
  private final Clients clients = new Clients(bus);

  @AfterEach
  void close() {
    clients.close();
    bus.close();
  }

  private void send(String... sessions) {
    for (String session : sessions) {
      bus.send(QUEUE, BusMessage.of("of " + session).withSessionId(session));
    }
  }

  @Test
  void aNamedSessionBringsItsMessagesAndNoOthers() {
    send("A", "B", "A");
    var receiver = clients.session(clients.sessions(QUEUE).acceptSession("A"));
    for (int i = 0; i < 2; i++) {
      ServiceBusReceivedMessage message = Clients.next(receiver);
      assertEquals("A", message.getSessionId());
      receiver.complete(message);
    }
    assertEquals(
        List.of("of B"), bus.messages(QUEUE).stream().map(BusMessage::text).toList());
  }

  @Test
  void theNextSessionIsTheOldestThatNobodyHas() {
    send("A", "B");
    var sessions = clients.sessions(QUEUE);
    assertEquals("A", clients.session(sessions.acceptNextSession()).getSessionId());
    assertEquals("B", clients.session(sessions.acceptNextSession()).getSessionId());
  }

  @Test
  void aSessionThatIsTakenIsRefusedToOthers() {
    send("A", "A");
    var first = clients.session(clients.sessions(QUEUE).acceptSession("A"));
    ServiceBusReceivedMessage message = Clients.next(first);
    // Clients of one connection would share the link.
    try (Clients others = new Clients(bus)) {
      var sessions = others.sessions(QUEUE);
      var failure = assertThrows(
          AmqpException.class, () -> Clients.next(others.session(sessions.acceptSession("A"))));
      assertTrue(String.valueOf(failure.getMessage()).contains("cannot be accepted"));
    }
    first.complete(message);
    assertEquals(1, bus.count(QUEUE));
  }

  @Test
  void aSessionKeepsItsStateAndRenewsItsLock() {
    send("A");
    var receiver = clients.session(clients.sessions(QUEUE).acceptSession("A"));
    assertNull(receiver.getSessionState());
    receiver.setSessionState(new byte[] {1, 2});
    assertArrayEquals(new byte[] {1, 2}, receiver.getSessionState());
    ServiceBusReceivedMessage message = Clients.next(receiver);
    clock.turn(LOCK.minusSeconds(1));
    assertEquals(
        clock.instant().plus(LOCK).toEpochMilli(),
        receiver.renewSessionLock().toInstant().toEpochMilli());
    clock.turn(LOCK.minusSeconds(1));
    receiver.complete(message);
    assertEquals(0, bus.count(QUEUE));
  }

  @Test
  void aSessionThatIsClosedIsHandedOverWithItsMessagesUncounted() {
    send("A");
    var first = clients.sessions(QUEUE).acceptNextSession();
    assertEquals("of A", Clients.next(first).getBody().toString());
    first.close();
    var second = clients.session(clients.sessions(QUEUE).acceptNextSession());
    assertEquals("A", second.getSessionId());
    assertEquals(0, Clients.next(second).getDeliveryCount());
  }

  @Test
  void aSessionWhoseLockRanOutIsHandedOverWithItsMessagesCounted() {
    send("A");
    Clients.next(clients.session(clients.sessions(QUEUE).acceptNextSession()));
    clock.turn(LOCK);
    var second = clients.session(clients.sessions(QUEUE).acceptNextSession());
    assertEquals(1, Clients.next(second).getDeliveryCount());
  }

  @Test
  void aQueueWithSessionsTakesAndGivesNothingWithoutOne() {
    var sender = clients.sender(QUEUE);
    assertThrows(
        ServiceBusException.class, () -> sender.sendMessage(new ServiceBusMessage("none")));
    assertThrows(IllegalArgumentException.class, () -> bus.send(QUEUE, BusMessage.of("none")));
    assertEquals(0, bus.count(QUEUE));
    var receiver = clients.receiver(QUEUE);
    assertThrows(
        RuntimeException.class,
        () -> receiver.receiveMessages(1, Clients.PATIENCE).stream().count());
    send("A");
    assertEquals(BusMessage.State.ACTIVE, bus.messages(QUEUE).get(0).state());
  }

  @Test
  void anEntityWithoutSessionsGivesNone() {
    try (ServiceBusEmulator plain = ServiceBusEmulator.builder().queue("q").build();
        Clients others = new Clients(plain)) {
      var refused = assertThrows(
          RuntimeException.class, () -> others.session(others.sessions("q").acceptSession("A")));
      assertTrue(
          String.valueOf(refused.getMessage()).contains("require sessions"), refused::toString);
    }
  }
}
