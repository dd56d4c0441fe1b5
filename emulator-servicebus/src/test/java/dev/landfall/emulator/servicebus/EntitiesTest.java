package dev.landfall.emulator.servicebus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusFailureReason;
import com.azure.messaging.servicebus.ServiceBusMessage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EntitiesTest {

  private static final EntitySettings NO_DUPLICATES =
      EntitySettings.DEFAULT.withDuplicateDetection(Duration.ofMinutes(10));

  @Test
  void eachSubscriptionOfATopicGetsAMessageOfItsOwn() {
    try (ServiceBusEmulator bus = ServiceBusEmulator.builder()
            .topic("events")
            .subscription("events", "erp")
            .subscription("events", "audit")
            .build();
        Clients clients = new Clients(bus)) {
      clients.topicSender("events").sendMessage(new ServiceBusMessage("e"));
      var receiver = clients.subscriber("events", "erp");
      receiver.complete(Clients.next(receiver));
      assertEquals(0, bus.count(ServiceBusEmulator.subscription("events", "erp")));
      assertEquals(1, bus.count(ServiceBusEmulator.subscription("events", "audit")));
    }
  }

  @Test
  void aMessageIdThatCameLatelyIsSwallowed() {
    var clock = new TestClock();
    try (ServiceBusEmulator bus =
            ServiceBusEmulator.builder().queue("q", NO_DUPLICATES).clock(clock).build();
        Clients clients = new Clients(bus)) {
      var sender = clients.sender("q");
      sender.sendMessage(new ServiceBusMessage("first").setMessageId("id"));
      sender.sendMessage(new ServiceBusMessage("second").setMessageId("id"));
      sender.sendMessage(new ServiceBusMessage("other").setMessageId("other"));
      assertEquals(2, bus.count("q"));
      clock.turn(Duration.ofMinutes(10));
      sender.sendMessage(new ServiceBusMessage("third").setMessageId("id"));
      assertEquals(3, bus.count("q"));
    }
  }

  @Test
  void aTopicSwallowsDuplicatesForAllItsSubscriptions() {
    try (ServiceBusEmulator bus = ServiceBusEmulator.builder()
        .topic("t", NO_DUPLICATES)
        .subscription("t", "s")
        .build()) {
      bus.send("t", BusMessage.of("1").withMessageId("id"));
      bus.send("T", BusMessage.of("2").withMessageId("id"));
      assertEquals(1, bus.count("t/subscriptions/s"));
    }
  }

  @Test
  void aWrongKeyIsUnauthorized() {
    try (ServiceBusEmulator bus = ServiceBusEmulator.builder().queue("q").build();
        Clients clients =
            new Clients(bus.connectionString().replace("AccessKey=", "AccessKey=x"))) {
      var sender = clients.sender("q");
      var failure = assertThrows(
          ServiceBusException.class, () -> sender.sendMessage(new ServiceBusMessage("w")));
      assertEquals(ServiceBusFailureReason.UNAUTHORIZED, failure.getReason());
    }
  }

  @Test
  void anUnknownQueueIsNotFound() {
    try (ServiceBusEmulator bus = ServiceBusEmulator.builder().queue("q").build();
        Clients clients = new Clients(bus)) {
      var sender = clients.sender("nope");
      var failure = assertThrows(
          ServiceBusException.class, () -> sender.sendMessage(new ServiceBusMessage("w")));
      assertEquals(ServiceBusFailureReason.MESSAGING_ENTITY_NOT_FOUND, failure.getReason());
    }
  }

  @Test
  void namesThatAreNotThereAreRefusedWithTheWayOut() {
    try (ServiceBusEmulator bus = ServiceBusEmulator.builder().topic("t").build()) {
      var unknown =
          assertThrows(IllegalArgumentException.class, () -> bus.send("q", BusMessage.of("x")));
      assertTrue(String.valueOf(unknown.getMessage()).contains("queue(..)"));
      assertThrows(IllegalArgumentException.class, () -> bus.count("t"));
      assertThrows(IllegalArgumentException.class, () -> bus.faults().stall("q"));
    }
    var builder = ServiceBusEmulator.builder().subscription("t", "s");
    assertThrows(IllegalArgumentException.class, builder::build);
    var twice = ServiceBusEmulator.builder().queue("q").topic("Q");
    assertThrows(IllegalArgumentException.class, twice::build);
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    var settings = EntitySettings.DEFAULT;
    assertThrows(IllegalArgumentException.class, () -> settings.withLockDuration(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> settings.withMaxDeliveryCount(0));
    assertThrows(
        IllegalArgumentException.class,
        () -> settings.withDuplicateDetection(Duration.ofSeconds(-1)));
  }

  @Test
  void nothingIsLeftOfAClosedNamespace() {
    ServiceBusEmulator bus = ServiceBusEmulator.builder().queue("q").build();
    int port = bus.port();
    bus.close();
    bus.close();
    assertThrows(IllegalStateException.class, () -> bus.count("q"));
    assertThrows(
        java.net.ConnectException.class,
        () -> new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), port).close());
  }

  @Test
  void aMessageShowsNothingOfItsBody() {
    assertEquals(
        "BusMessage[0, ACTIVE, delivered 0 times]", BusMessage.of("?sig=secret").toString());
  }
}
