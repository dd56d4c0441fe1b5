package dev.landfall.transport.servicebus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.emulator.servicebus.BusMessage;
import dev.landfall.emulator.servicebus.EntitySettings;
import dev.landfall.emulator.servicebus.Faults;
import dev.landfall.emulator.servicebus.ServiceBusEmulator;
import dev.landfall.event.Reason;
import dev.landfall.spi.Disposition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a source does when connection, link, lock or broker fails. */
@Timeout(180)
class BrokenBrokerTest {

  private static final String QUEUE = "q";

  /** In seconds; 60 by hand. */
  private static final int OUTAGE = Integer.getInteger("landfall.servicebus.outage", 6);

  private final ServiceBusEmulator bus = ServiceBusEmulator.builder()
      .queue(
          QUEUE,
          EntitySettings.DEFAULT.withLockDuration(Duration.ofSeconds(3)).withMaxDeliveryCount(3))
      .build();

  @AfterEach
  void stop() {
    bus.close();
  }

  private ServiceBusSource source() {
    return ServiceBusSource.queue(bus.connectionString(), QUEUE)
        .renewEvery(Duration.ofMillis(500))
        .stalledAfter(Duration.ofSeconds(2))
        .build();
  }

  private void awaitEmpty() {
    Await.until("the queue is empty", () -> bus.count(QUEUE) == 0);
  }

  @Test
  void aMessageComesAgainWhenItsCompletionIsCutOff() throws Exception {
    Taker taker = Taker.accepting();
    bus.faults().beforeSettlement(QUEUE, 1, Faults::dropConnections);
    try (var source = source()) {
      source.start(taker);
      bus.send(QUEUE, BusMessage.of("once"));
      assertEquals("once", taker.nextText());
      assertEquals("once", taker.nextText());
      awaitEmpty();
    }
  }

  /** As a download with a ledger in memory is, which holds its message for as long as it takes. */
  @Test
  void aLinkThatIsCutWhileAMessageIsUnderWayHarmsNeitherItNorTheNext() throws Exception {
    CompletableFuture<Disposition> verdict = new CompletableFuture<>();
    Taker taker = Taker.waitingFor(verdict);
    try (var source = source()) {
      source.start(taker);
      bus.send(QUEUE, BusMessage.of("long"));
      taker.next();
      bus.faults().detachLinks(QUEUE);
      bus.send(QUEUE, BusMessage.of("next"));
      Await.until("the next comes", () -> taker.texts().contains("next"));
      verdict.complete(Disposition.accepted());
      awaitEmpty();
      assertEquals(2, bus.completed(QUEUE));
    }
  }

  @Test
  void aLockThatIsLostBeforeCompletionBringsItAgain() throws Exception {
    CompletableFuture<Disposition> verdict = new CompletableFuture<>();
    Taker taker = Taker.waitingFor(verdict);
    try (var source = source()) {
      source.start(taker);
      bus.send(QUEUE, BusMessage.of("long"));
      taker.next();
      bus.faults().loseLocks(QUEUE);
      assertEquals("long", taker.nextText());
      verdict.complete(Disposition.accepted());
      awaitEmpty();
      assertEquals(1, bus.completed(QUEUE));
    }
  }

  @Test
  void aBrokerThatIsGoneForAWhileIsReceivedFromAgain() throws Exception {
    Taker taker = Taker.accepting();
    try (var source = source()) {
      source.start(taker);
      bus.send(QUEUE, BusMessage.of("1"));
      taker.next();
      awaitEmpty();
      bus.faults().goAway();
      bus.send(QUEUE, BusMessage.of("2"));
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(OUTAGE));
      bus.faults().comeBack();
      assertEquals("2", taker.nextText());
      awaitEmpty();
      Await.until("it is ready", source::isReady);
    }
  }

  @Test
  void aBrokerThatIsNotThereAtTheStartIsWaitedFor() throws Exception {
    Taker taker = Taker.accepting();
    bus.faults().goAway();
    try (var source = source()) {
      source.start(taker);
      assertFalse(source.isReady());
      Await.until("the loss is told", () -> !taker.losses().isEmpty());
      assertEquals(Reason.SOURCE_UNAVAILABLE, taker.losses().get(0).reason());
      bus.send(QUEUE, BusMessage.of("1"));
      bus.faults().comeBack();
      assertEquals("1", taker.nextText());
      Await.until("it is ready", source::isReady);
    }
  }

  @Test
  void aStallIsSeenToldAndEnded() throws Exception {
    Taker taker = Taker.accepting();
    try (var source = source()) {
      source.start(taker);
      bus.faults().stall(QUEUE);
      bus.send(QUEUE, BusMessage.of("1"));
      Await.until("the loss is told", () -> !taker.losses().isEmpty());
      assertEquals(
          "Nothing came for PT2S though something waits. Its connection is made anew.",
          taker.losses().get(0).message());
      bus.faults().resume(QUEUE);
      assertEquals("1", taker.nextText());
      Await.until("it is told to be there again", () -> !taker.restorations().isEmpty());
      assertEquals(List.of("queue q"), taker.restorations());
      assertTrue(source.isReady());
      awaitEmpty();
    }
  }

  /** Each sees what the other has as if it waited. */
  @Test
  void instancesWithLongWorkDoNotTakeEachOtherForStalled() throws Exception {
    CompletableFuture<Disposition> verdict = new CompletableFuture<>();
    Taker first = Taker.waitingFor(verdict);
    Taker second = Taker.waitingFor(verdict);
    try (var one = single();
        var other = single()) {
      one.start(first);
      bus.send(QUEUE, BusMessage.of("1"));
      first.next();
      other.start(second);
      bus.send(QUEUE, BusMessage.of("2"));
      second.next();
      second.assertNothingFor(Duration.ofSeconds(6));
      assertEquals(List.of(), first.losses());
      assertEquals(List.of(), second.losses());
      verdict.complete(Disposition.accepted());
      awaitEmpty();
      assertEquals(2, bus.completed(QUEUE));
    }
  }

  private ServiceBusSource single() {
    return ServiceBusSource.queue(bus.connectionString(), QUEUE)
        .concurrency(1)
        .renewEvery(Duration.ofMillis(500))
        .stalledAfter(Duration.ofSeconds(1))
        .build();
  }

  @Test
  void silenceWhereNothingWaitsIsNoStall() throws Exception {
    Taker taker = Taker.accepting();
    try (var source = source()) {
      source.start(taker);
      taker.assertNothingFor(Duration.ofSeconds(5));
      assertTrue(source.isReady());
      assertEquals(List.of(), taker.losses());
    }
  }

  @Test
  void aMessageThatNobodyHasRoomForBecomesADeadLetterInTheEnd() throws Exception {
    Taker taker =
        Taker.answering(delivery -> Disposition.tryLater(Duration.ZERO, "There is no room."));
    try (var source = source()) {
      source.start(taker);
      bus.send(QUEUE, BusMessage.of("heavy"));
      Await.until("it is given up", () -> bus.deadLetters(QUEUE).size() == 1);
      assertEquals(
          "MaxDeliveryCountExceeded",
          bus.deadLetters(QUEUE).get(0).properties().get("DeadLetterReason"));
    }
  }

  @Test
  void aPoisonedMessageCostsOneDeliveryAndHarmsNoOther() throws Exception {
    Taker taker = Taker.answering(delivery -> Taker.text(delivery.body()).equals("poison")
        ? Disposition.refused("It is no event.")
        : Disposition.accepted());
    try (var source = source()) {
      source.start(taker);
      bus.send(QUEUE, List.of(BusMessage.of("1"), BusMessage.of("poison"), BusMessage.of("2")));
      awaitEmpty();
      BusMessage dead = bus.deadLetters(QUEUE).get(0);
      assertEquals("poison", dead.text());
      assertEquals("LandfallRefused", dead.properties().get("DeadLetterReason"));
      assertEquals("It is no event.", dead.properties().get("DeadLetterErrorDescription"));
      assertEquals(2, bus.completed(QUEUE));
    }
  }
}
