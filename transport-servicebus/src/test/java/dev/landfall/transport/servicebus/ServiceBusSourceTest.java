package dev.landfall.transport.servicebus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.emulator.servicebus.BusMessage;
import dev.landfall.emulator.servicebus.EntitySettings;
import dev.landfall.emulator.servicebus.Faults;
import dev.landfall.emulator.servicebus.ServiceBusEmulator;
import dev.landfall.event.RawEvent;
import dev.landfall.spi.Delivery;
import dev.landfall.spi.Disposition;
import dev.landfall.spi.Receiver;
import dev.landfall.spi.SourceException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A source against a broker in this process, and what can go wrong between them. */
@Timeout(90)
class ServiceBusSourceTest {

  private static final String QUEUE = "q";

  private final ServiceBusEmulator bus = ServiceBusEmulator.builder()
      .queue(QUEUE)
      .queue("short", EntitySettings.DEFAULT.withLockDuration(Duration.ofSeconds(5)))
      .queue("sessions", EntitySettings.DEFAULT.withSessions())
      .topic("t")
      .subscription("t", "s")
      .build();
  private final BlockingQueue<Delivery> taken = new LinkedBlockingQueue<>();
  private final Receiver accepting = delivery -> {
    taken.add(delivery);
    return CompletableFuture.completedFuture(Disposition.accepted());
  };

  @AfterEach
  void stop() {
    bus.close();
  }

  private Delivery next() throws InterruptedException {
    return Objects.requireNonNull(taken.poll(40, TimeUnit.SECONDS), "Nothing came.");
  }

  private static String text(Delivery delivery) {
    return text(delivery.body());
  }

  private static String text(RawEvent body) {
    return new String(body.toByteArray(), StandardCharsets.UTF_8);
  }

  private void awaitEmpty(String entity) {
    while (bus.count(entity) > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aMessageOfASubscriptionComesWithItsProperties() throws Exception {
    try (var source =
        ServiceBusSource.subscription(bus.connectionString(), "t", "s").build()) {
      source.start(accepting);
      assertTrue(source.isReady());
      bus.send(
          "t",
          BusMessage.of("{}")
              .withContentType("application/json")
              .withProperty("LegalEntity", "usmf")
              .withProperty("Number", 7));
      Delivery delivery = next();
      assertEquals("subscription t/s", delivery.source());
      assertEquals("usmf", delivery.headers().get("legalentity").orElseThrow());
      assertEquals("7", delivery.headers().get("Number").orElseThrow());
      assertEquals("application/json", delivery.headers().get("content-type").orElseThrow());
      awaitEmpty(ServiceBusEmulator.subscription("t", "s"));
    }
  }

  @Test
  void whatIsSetWrongIsToldAtTheStart() {
    assertRefused(
        ServiceBusSource.queue(bus.connectionString(), "nowhere").build(),
        "The queue nowhere cannot be received from. There is no such entity in the namespace. Create it, or name another.");
    assertRefused(
        ServiceBusSource.queue(
                bus.connectionString().replaceAll("SharedAccessKey=[^;]*", "SharedAccessKey=eA=="),
                QUEUE)
            .build(),
        "The queue q cannot be received from. The key, signature or token is not accepted there. It needs the right to listen on it, and must not have expired.");
    assertRefused(
        ServiceBusSource.queue(bus.connectionString(), "sessions").build(),
        "The queue sessions cannot be received from. It demands sessions, which F&O does not give its messages. Use an entity without them.");
  }

  private void assertRefused(ServiceBusSource source, String message) {
    try (source) {
      assertEquals(
          message,
          assertThrows(SourceException.class, () -> source.start(accepting)).getMessage());
      assertFalse(source.isReady());
    }
  }

  @Test
  void aConnectionStringIsNeverQuoted() {
    String broken = "Endpoint=sb://x.servicebus.windows.net/;SharedAccessKey=very-secret";
    var refused =
        assertThrows(IllegalArgumentException.class, () -> ServiceBusSource.queue(broken, "q"));
    assertFalse(String.valueOf(refused.getMessage()).contains("very-secret"));
    assertEquals(null, refused.getCause());
  }

  @Test
  void aLockIsRenewedAsLongAsTheVerdictTakes() throws Exception {
    CompletableFuture<Disposition> verdict = new CompletableFuture<>();
    try (var source = ServiceBusSource.queue(bus.connectionString(), "short")
        .renewEvery(Duration.ofSeconds(1))
        .build()) {
      source.start(delivery -> {
        taken.add(delivery);
        return verdict;
      });
      bus.send("short", BusMessage.of("long"));
      next();
      // Two locks and more.
      assertEquals(null, taken.poll(12, TimeUnit.SECONDS), "It came again.");
      verdict.complete(Disposition.accepted());
      awaitEmpty("short");
      assertEquals(1, bus.completed("short"));
    }
  }

  @Test
  void aMessageComesAgainWhenItsCompletionIsCutOff() throws Exception {
    bus.faults().beforeSettlement("short", 1, Faults::dropConnections);
    try (var source = ServiceBusSource.queue(bus.connectionString(), "short")
        .renewEvery(Duration.ofSeconds(1))
        .build()) {
      source.start(accepting);
      bus.send("short", BusMessage.of("once"));
      assertEquals("once", text(next()));
      assertEquals("once", text(next()));
      awaitEmpty("short");
    }
  }

  @Test
  void aBrokerThatIsGoneForAWhileIsReceivedFromAgain() throws Exception {
    try (var source = ServiceBusSource.queue(bus.connectionString(), QUEUE)
        .stalledAfter(Duration.ofSeconds(2))
        .build()) {
      source.start(accepting);
      bus.send(QUEUE, BusMessage.of("1"));
      next();
      bus.faults().goAway();
      bus.send(QUEUE, BusMessage.of("2"));
      bus.faults().comeBack();
      assertEquals("2", text(next()));
      awaitEmpty(QUEUE);
    }
  }

  @Test
  void aStallIsSeenAndEnded() throws Exception {
    try (var source = ServiceBusSource.queue(bus.connectionString(), "short")
        .stalledAfter(Duration.ofSeconds(2))
        .build()) {
      source.start(accepting);
      bus.faults().stall("short");
      bus.send("short", BusMessage.of("1"));
      while (source.isReady()) {
        Thread.onSpinWait();
      }
      bus.faults().resume("short");
      assertEquals("1", text(next()));
      awaitEmpty("short");
    }
  }

  @Test
  void aMessageThatNobodyTakesComesToTheDeadLettersAndIsReplayedFromThere() throws Exception {
    Receiver refusing = delivery -> CompletableFuture.completedFuture(
        text(delivery).equals("bad") || taken.isEmpty()
            ? Disposition.refused("It is no event.")
            : Disposition.accepted());
    try (var source = ServiceBusSource.queue(bus.connectionString(), QUEUE).build()) {
      source.start(refusing);
      for (String body : new String[] {"bad", "good", "other"}) {
        bus.send(QUEUE, BusMessage.of(body).withProperty("Kind", body));
      }
      while (bus.deadLetters(QUEUE).size() < 3) {
        Thread.onSpinWait();
      }
      // From now on it takes what is good.
      taken.add(new Delivery("x", Instant.EPOCH, RawEvent.of(new byte[1])));
      assertEquals(
          new ServiceBusSource.Replayed(1, 1, 1),
          source.replay(
              dead -> !dead.headers().get("kind").orElse("").equals("other")
                  && dead.reason().equals("LandfallRefused")
                  && dead.description().equals("It is no event."),
              10));
      assertEquals(2, bus.deadLetters(QUEUE).size());
      assertEquals(
          new ServiceBusSource.Replayed(1, 0, 1),
          source.replay(dead -> text(dead.body()).equals("other"), 1));
      assertEquals(
          List.of("bad"), bus.deadLetters(QUEUE).stream().map(BusMessage::text).toList());
    }
  }
}
