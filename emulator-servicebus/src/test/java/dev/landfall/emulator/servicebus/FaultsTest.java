package dev.landfall.emulator.servicebus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusFailureReason;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessageContext;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Azure's client against what can go wrong; it takes some 5 s to recover from most of it. */
class FaultsTest {

  private static final String QUEUE = "q";

  private final TestClock clock = new TestClock();
  private final ServiceBusEmulator bus =
      ServiceBusEmulator.builder().queue(QUEUE).clock(clock).build();
  private final Clients clients = new Clients(bus);
  private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    clients.close();
    bus.close();
  }

  private void complete(ServiceBusReceivedMessageContext context) {
    context.complete();
    handled.add(context.getMessage().getBody().toString());
  }

  private void handles(String body) throws InterruptedException {
    bus.send(QUEUE, BusMessage.of(body));
    assertEquals(body, handled.poll(30, TimeUnit.SECONDS));
    Await.until("it is completed", () -> bus.count(QUEUE) == 0);
  }

  @Test
  void aProcessorSurvivesConnectionsThatAreDropped() throws Exception {
    clients.process(QUEUE, 1, this::complete);
    handles("1");
    bus.faults().dropConnections();
    handles("2");
  }

  @Test
  void aProcessorSurvivesLinksThatAreDetached() throws Exception {
    clients.process(QUEUE, 1, this::complete);
    handles("1");
    bus.faults().detachLinks(QUEUE);
    handles("2");
  }

  @Test
  void aProcessorSurvivesABrokerThatIsGoneForAWhile() throws Exception {
    clients.process(QUEUE, 1, this::complete);
    handles("1");
    bus.faults().goAway();
    assertEquals(0, bus.connections());
    bus.faults().after(Duration.ofMinutes(1), Faults::comeBack);
    clock.turn(Duration.ofMinutes(1));
    handles("2");
  }

  @Test
  void aConnectionCutBeforeACompletionLeavesTheMessageToComeAgain() throws Exception {
    bus.faults().beforeSettlement(QUEUE, 1, Faults::dropConnections);
    BlockingQueue<RuntimeException> failures = new LinkedBlockingQueue<>();
    clients.process(QUEUE, 1, context -> {
      try {
        complete(context);
      } catch (RuntimeException failure) {
        failures.add(failure);
      }
    });
    bus.send(QUEUE, BusMessage.of("x"));
    assertTrue(failures.poll(30, TimeUnit.SECONDS) instanceof ServiceBusException);
    assertEquals(1, bus.count(QUEUE));
    clock.turn(Duration.ofMinutes(1));
    assertEquals("x", handled.poll(30, TimeUnit.SECONDS));
    assertEquals(1, bus.completed(QUEUE));
  }

  @Test
  void aBrokerThatGoesAndComesWhileItIsToldOfACompletionKeepsItsPort() throws Exception {
    clients.process(QUEUE, 1, context -> {
      try {
        context.complete();
      } catch (ServiceBusException failure) {
        handled.add("failed");
      }
    });
    bus.faults().beforeSettlement(QUEUE, 1, faults -> {
      faults.goAway();
      faults.comeBack();
    });
    bus.send(QUEUE, BusMessage.of("1"));
    assertEquals("failed", handled.poll(30, TimeUnit.SECONDS));
    bus.send(QUEUE, BusMessage.of("2"));
    Await.until("the second is completed", () -> bus.completed(QUEUE) == 1);
    assertEquals("1", bus.messages(QUEUE).get(0).text());
  }

  @Test
  void nothingIsLostOverConnectionsThatAreDroppedUnderLoad() throws Exception {
    var settings = EntitySettings.DEFAULT.withLockDuration(Duration.ofSeconds(5));
    Set<String> seen = ConcurrentHashMap.newKeySet();
    try (ServiceBusEmulator loaded =
            ServiceBusEmulator.builder().queue(QUEUE, settings).build();
        Clients busy = new Clients(loaded)) {
      for (int i = 0; i < 3000; i++) {
        loaded.send(QUEUE, BusMessage.of("n" + i));
      }
      loaded.faults().beforeDelivery(QUEUE, 500, Faults::dropConnections);
      loaded.faults().beforeSettlement(QUEUE, 1500, Faults::dropConnections);
      busy.process(QUEUE, 4, context -> {
        seen.add(context.getMessage().getBody().toString());
        context.complete();
      });
      Await.until("all are completed", () -> loaded.completed(QUEUE) == 3000);
      assertEquals(3000, seen.size());
      assertEquals(0, loaded.count(QUEUE));
    }
  }

  @Test
  void aPlannedFaultThatFailsDoesNotEndTheBroker() throws Exception {
    bus.faults().beforeDelivery(QUEUE, 1, faults -> faults.stall("nope"));
    clients.process(QUEUE, 1, this::complete);
    handles("1");
  }

  @Test
  void aConnectionCutBeforeADeliveryCostsNoAttempt() {
    bus.send(QUEUE, BusMessage.of("x"));
    bus.faults().beforeDelivery(QUEUE, 1, Faults::dropConnections);
    var receiver = clients.receiver(QUEUE);
    ServiceBusReceivedMessage message = null;
    while (message == null) {
      message =
          receiver.receiveMessages(1, Clients.PATIENCE).stream().findFirst().orElse(null);
    }
    assertEquals(0, message.getDeliveryCount());
  }

  @Test
  void aLostLockIsFoundOutAtCompletion() {
    bus.send(QUEUE, BusMessage.of("x"));
    var receiver = clients.receiver(QUEUE);
    ServiceBusReceivedMessage message = Clients.next(receiver);
    bus.faults().loseLocks(QUEUE);
    var failure = assertThrows(ServiceBusException.class, () -> receiver.complete(message));
    assertEquals(ServiceBusFailureReason.MESSAGE_LOCK_LOST, failure.getReason());
    assertEquals(1, Clients.next(receiver).getDeliveryCount());
  }

  @Test
  void aStalledQueueHandsOutNothingUntilItIsResumed() throws Exception {
    clients.process(QUEUE, 1, this::complete);
    handles("1");
    bus.faults().stall(QUEUE);
    bus.send(QUEUE, BusMessage.of("2"));
    assertNull(handled.poll(300, TimeUnit.MILLISECONDS));
    assertEquals(1, bus.connections());
    bus.faults().resume(QUEUE);
    assertEquals("2", handled.poll(30, TimeUnit.SECONDS));
    assertTrue(clients.errors().isEmpty(), () -> clients.errors().toString());
  }

  @Test
  void aStalledQueueAnswersASenderWhenItIsResumed() throws Exception {
    var sender = clients.sender(QUEUE);
    sender.sendMessage(new ServiceBusMessage("1"));
    bus.faults().stall(QUEUE);
    var sending = CompletableFuture.runAsync(() -> sender.sendMessage(new ServiceBusMessage("2")));
    assertThrows(
        java.util.concurrent.TimeoutException.class, () -> sending.get(300, TimeUnit.MILLISECONDS));
    assertEquals(1, bus.count(QUEUE));
    bus.faults().resume(QUEUE);
    sending.get(30, TimeUnit.SECONDS);
    assertEquals(2, bus.count(QUEUE));
  }

  @Test
  void aQueueThatWasBusyTakesTheNextTry() {
    bus.faults().turnAway(QUEUE, 1);
    clients.sender(QUEUE).sendMessage(new ServiceBusMessage("x"));
    assertEquals(1, bus.count(QUEUE));
  }

  @Test
  void aCompletionThatIsNeverAnsweredEndsByTheClientsPatience() {
    bus.send(QUEUE, BusMessage.of("x"));
    var receiver = clients.receiver(QUEUE);
    ServiceBusReceivedMessage message = Clients.next(receiver);
    bus.faults().ignoreSettlements();
    assertThrows(RuntimeException.class, () -> receiver.complete(message));
    bus.faults().heedSettlements();
    clock.turn(Duration.ofMinutes(1));
    ServiceBusReceivedMessage again = Clients.next(receiver);
    assertEquals(1, again.getDeliveryCount());
    receiver.complete(again);
    assertEquals(0, bus.count(QUEUE));
  }

  @Test
  void aTokenThatIsRefusedIsUnauthorized() {
    bus.faults().refuseTokens();
    var sender = clients.sender(QUEUE);
    var failure = assertThrows(
        ServiceBusException.class, () -> sender.sendMessage(new ServiceBusMessage("w")));
    assertEquals(ServiceBusFailureReason.UNAUTHORIZED, failure.getReason());
    bus.faults().acceptTokens();
    sender.sendMessage(new ServiceBusMessage("w"));
    assertEquals(1, bus.count(QUEUE));
  }
}
