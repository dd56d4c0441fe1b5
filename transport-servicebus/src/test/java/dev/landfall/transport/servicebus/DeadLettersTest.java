package dev.landfall.transport.servicebus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.landfall.emulator.servicebus.BusMessage;
import dev.landfall.emulator.servicebus.EntitySettings;
import dev.landfall.emulator.servicebus.ServiceBusEmulator;
import dev.landfall.spi.Disposition;
import dev.landfall.transport.servicebus.ServiceBusSource.Replayed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Dead letters are handed to the pipeline once more. */
@Timeout(120)
class DeadLettersTest {

  private static final String QUEUE = "q";
  private static final String SHORT = "short";

  private final ServiceBusEmulator bus = ServiceBusEmulator.builder()
      .queue(QUEUE)
      .queue(SHORT, EntitySettings.DEFAULT.withLockDuration(Duration.ofSeconds(1)))
      .build();
  private final AtomicBoolean mended = new AtomicBoolean();
  private final Taker taker =
      Taker.answering(delivery -> mended.get() && !Taker.text(delivery.body()).equals("bad")
          ? Disposition.accepted()
          : Disposition.refused("It is no event."));

  @AfterEach
  void stop() {
    bus.close();
  }

  private ServiceBusSource started(String... bodies) {
    var source = ServiceBusSource.queue(bus.connectionString(), QUEUE).build();
    source.start(taker);
    for (String body : bodies) {
      bus.send(QUEUE, BusMessage.of(body).withProperty("Kind", body));
    }
    Await.until("all are refused", () -> bus.deadLetters(QUEUE).size() == bodies.length);
    mended.set(true);
    return source;
  }

  private List<String> left() {
    return bus.deadLetters(QUEUE).stream().map(BusMessage::text).toList();
  }

  @Test
  void thoseThatAreWantedAreTakenAndGone() throws Exception {
    try (var source = started("bad", "good", "other")) {
      assertEquals(
          new Replayed(1, 1, 1),
          source.replay(
              dead -> !dead.headers().get("kind").orElse("").equals("other")
                  && dead.reason().equals("LandfallRefused")
                  && dead.description().equals("It is no event."),
              10));
      assertEquals(List.of("bad", "other"), left());
      assertEquals(
          new Replayed(1, 0, 1), source.replay(dead -> Taker.text(dead.body()).equals("other"), 5));
      assertEquals(List.of("bad"), left());
    }
  }

  @Test
  void noMoreAreReplayedThanMayBe() throws Exception {
    String[] many = IntStream.range(0, 120).mapToObj(String::valueOf).toArray(String[]::new);
    try (var source = started(many)) {
      assertEquals(100, source.replay(dead -> true, 100).taken());
      assertEquals(20, left().size());
      assertEquals(new Replayed(20, 0, 0), source.replay(dead -> true, 100));
    }
  }

  /** The third lock would have run out long before its turn. */
  @Test
  void locksAreRenewedWhileOthersAreReplayed() throws Exception {
    Executor later = CompletableFuture.delayedExecutor(700, TimeUnit.MILLISECONDS);
    Taker slowly = Taker.deciding(delivery -> mended.get()
        ? CompletableFuture.supplyAsync(Disposition::accepted, later)
        : CompletableFuture.completedFuture(Disposition.refused("It is no event.")));
    try (var source = ServiceBusSource.queue(bus.connectionString(), SHORT)
        .renewEvery(Duration.ofMillis(300))
        .build()) {
      source.start(slowly);
      for (int number = 0; number < 5; number++) {
        bus.send(SHORT, BusMessage.of("" + number));
      }
      Await.until("all are refused", () -> bus.deadLetters(SHORT).size() == 5);
      mended.set(true);
      assertEquals(new Replayed(5, 0, 0), source.replay(dead -> true, 10));
      assertEquals(0, bus.deadLetters(SHORT).size());
    }
  }

  @Test
  void aQueryThatFailsLeavesNothingLocked() throws Exception {
    try (var source = started("one", "other")) {
      assertThrows(
          IllegalStateException.class,
          () -> source.replay(
              dead -> {
                throw new IllegalStateException("This query is broken.");
              },
              5));
      assertEquals(new Replayed(2, 0, 0), source.replay(dead -> true, 5));
    }
  }
}
