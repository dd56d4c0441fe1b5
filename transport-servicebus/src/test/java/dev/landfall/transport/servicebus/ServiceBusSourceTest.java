package dev.landfall.transport.servicebus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.emulator.servicebus.BusMessage;
import dev.landfall.emulator.servicebus.EntitySettings;
import dev.landfall.emulator.servicebus.ServiceBusEmulator;
import dev.landfall.spi.Delivery;
import dev.landfall.spi.Disposition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A source against a broker in this process, when all goes well there. */
@Timeout(90)
class ServiceBusSourceTest {

  private static ServiceBusEmulator bus;

  @BeforeAll
  static void start() {
    bus = ServiceBusEmulator.builder()
        .queue("q")
        .queue("short", EntitySettings.DEFAULT.withLockDuration(Duration.ofSeconds(2)))
        .queue("narrow")
        .queue("full")
        .queue("linked")
        .queue("closing")
        .topic("t")
        .subscription("t", "s")
        .build();
  }

  @AfterAll
  static void stop() {
    bus.close();
  }

  private static void awaitEmpty(String entity) {
    Await.until(entity + " is empty", () -> bus.count(entity) == 0);
  }

  @Test
  void aMessageOfASubscriptionComesWithItsProperties() throws Exception {
    Taker taker = Taker.accepting();
    Instant noon = Instant.parse("2030-01-01T12:00:00Z");
    try (var source = ServiceBusSource.subscription(bus.connectionString(), "t", "s")
        .clock(Clock.fixed(noon, ZoneOffset.UTC))
        .build()) {
      assertFalse(source.isReady());
      source.start(taker);
      assertTrue(source.isReady());
      bus.send(
          "t",
          BusMessage.of("{}")
              .withContentType("application/json")
              .withProperty("LegalEntity", "usmf")
              .withProperty("Number", 7)
              .withProperty("EventTime", Date.from(noon)));
      Delivery delivery = taker.next();
      assertEquals("subscription t/s", delivery.source());
      assertEquals(noon, delivery.arrivedAt());
      assertEquals("usmf", delivery.headers().get("legalentity").orElseThrow());
      assertEquals("7", delivery.headers().get("Number").orElseThrow());
      assertEquals(noon.toString(), delivery.headers().get("EventTime").orElseThrow());
      assertEquals("application/json", delivery.headers().get("content-type").orElseThrow());
      awaitEmpty(ServiceBusEmulator.subscription("t", "s"));
    }
  }

  @Test
  void aMessageAsLargeAsTheStandardTierAllowsComesWhole() throws Exception {
    byte[] large = new byte[256 * 1024 - 2_000];
    Arrays.fill(large, (byte) 'x');
    Taker taker = Taker.accepting();
    try (var source =
        ServiceBusSource.queue(bus.connectionString(), "q").prefetch(5).build()) {
      source.start(taker);
      bus.send("q", BusMessage.of(large));
      assertEquals(large.length, taker.next().body().length());
      awaitEmpty("q");
    }
  }

  @Test
  void noMoreAreUnderWayThanMayBe() throws Exception {
    CompletableFuture<Disposition> verdict = new CompletableFuture<>();
    Taker taker = Taker.waitingFor(verdict);
    try (var source =
        ServiceBusSource.queue(bus.connectionString(), "narrow").concurrency(2).build()) {
      source.start(taker);
      for (int number = 0; number < 5; number++) {
        bus.send("narrow", BusMessage.of("" + number));
      }
      taker.next();
      taker.next();
      taker.assertNothingFor(Duration.ofMillis(300));
      verdict.complete(Disposition.accepted());
      awaitEmpty("narrow");
      assertEquals(5, bus.completed("narrow"));
    }
  }

  @Test
  void aFullQueueOverflowsNothingHoweverManyMayBeUnderWay() throws Exception {
    List<BusMessage> many =
        IntStream.range(0, 5_000).mapToObj(number -> BusMessage.of("" + number)).toList();
    bus.send("full", many);
    try (var source = ServiceBusSource.queue(bus.connectionString(), "full")
        .concurrency(2_000)
        .build()) {
      source.start(Taker.accepting());
      awaitEmpty("full");
      assertEquals(many.size(), bus.completed("full"));
      assertEquals(0, bus.deadLetters("full").size());
    }
  }

  @Test
  void aLockIsRenewedAsLongAsTheVerdictTakes() throws Exception {
    CompletableFuture<Disposition> verdict = new CompletableFuture<>();
    Taker taker = Taker.waitingFor(verdict);
    try (var source = ServiceBusSource.queue(bus.connectionString(), "short")
        .renewEvery(Duration.ofMillis(500))
        .build()) {
      source.start(taker);
      bus.send("short", BusMessage.of("long"));
      taker.next();
      // Two locks and more.
      taker.assertNothingFor(Duration.ofSeconds(5));
      verdict.complete(Disposition.accepted());
      awaitEmpty("short");
      assertEquals(1, bus.completed("short"));
    }
  }

  @Test
  void whatWaitsToBeGivenBackIsGivenBackWhenItCloses() throws Exception {
    Taker taker = Taker.answering(
        delivery -> Disposition.tryLater(Duration.ofMinutes(2), "There is no room."));
    try (var source = ServiceBusSource.queue(bus.connectionString(), "closing").build()) {
      source.start(taker);
      bus.send("closing", BusMessage.of("later"));
      taker.next();
      assertEquals(BusMessage.State.LOCKED, bus.messages("closing").get(0).state());
    }
    BusMessage left = bus.messages("closing").get(0);
    assertEquals(BusMessage.State.ACTIVE, left.state());
    assertEquals(1, left.deliveryCount());
  }

  @Test
  void anErrorOfTheReceiverCostsOneDeliveryAndNoMore() throws Exception {
    Taker taker = Taker.answering(delivery -> {
      if (Taker.text(delivery.body()).equals("bad")) {
        throw new LinkageError("A library of another version.");
      }
      return Disposition.accepted();
    });
    try (var source =
        ServiceBusSource.queue(bus.connectionString(), "linked").concurrency(2).build()) {
      source.start(taker);
      bus.send("linked", List.of(BusMessage.of("bad"), BusMessage.of("good")));
      Await.until("the good one is done", () -> bus.completed("linked") == 1);
      assertEquals("bad", bus.messages("linked").get(0).text());
    }
  }
}
