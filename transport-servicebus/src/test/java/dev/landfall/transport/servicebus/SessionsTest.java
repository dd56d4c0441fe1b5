package dev.landfall.transport.servicebus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.emulator.servicebus.BusMessage;
import dev.landfall.emulator.servicebus.EntitySettings;
import dev.landfall.emulator.servicebus.ServiceBusEmulator;
import dev.landfall.spi.Disposition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A source whose entity gives messages out by session. */
@Timeout(120)
class SessionsTest {

  private static final String QUEUE = "q";

  private final ServiceBusEmulator bus = ServiceBusEmulator.builder()
      .queue(QUEUE, EntitySettings.DEFAULT.withSessions().withLockDuration(Duration.ofSeconds(2)))
      .build();

  @AfterEach
  void stop() {
    bus.close();
  }

  private ServiceBusSource source(int sessions) {
    return ServiceBusSource.queue(bus.connectionString(), QUEUE)
        .sessions(sessions)
        .renewEvery(Duration.ofMillis(500))
        .build();
  }

  private void send(String session, String text) {
    bus.send(QUEUE, BusMessage.of(text).withSessionId(session));
  }

  private void awaitEmpty() {
    Await.until("the queue is empty", () -> bus.count(QUEUE) == 0);
  }

  @Test
  void theMessagesOfASessionComeInTheirOrderAndOtherSessionsBesideThem() throws Exception {
    Taker taker = Taker.accepting();
    try (var source = source(2)) {
      source.start(taker);
      assertTrue(source.isReady());
      for (int number = 1; number <= 3; number++) {
        send("a", "a" + number);
        send("b", "b" + number);
      }
      List<String> came = new ArrayList<>();
      for (int number = 0; number < 6; number++) {
        came.add(taker.nextText());
      }
      assertEquals(
          List.of("a1", "a2", "a3"),
          came.stream().filter(text -> text.startsWith("a")).toList());
      assertEquals(
          List.of("b1", "b2", "b3"),
          came.stream().filter(text -> text.startsWith("b")).toList());
      awaitEmpty();
    }
  }

  @Test
  void asManySessionsAsThereAreAreServedOneAfterAnother() throws Exception {
    Taker taker = Taker.accepting();
    try (var source = source(1)) {
      source.start(taker);
      Set<String> came = new HashSet<>();
      for (String session : List.of("a", "b", "c")) {
        send(session, session);
      }
      for (int number = 0; number < 3; number++) {
        came.add(taker.nextText());
      }
      assertEquals(Set.of("a", "b", "c"), came);
      awaitEmpty();
    }
  }

  @Test
  void aSessionIsKeptWhileAVerdictTakes() throws Exception {
    CompletableFuture<Disposition> verdict = new CompletableFuture<>();
    Taker taker = Taker.waitingFor(verdict);
    try (var source = source(1)) {
      source.start(taker);
      send("a", "long");
      taker.next();
      // Two locks and more.
      taker.assertNothingFor(Duration.ofSeconds(5));
      verdict.complete(Disposition.accepted());
      awaitEmpty();
      assertEquals(1, bus.completed(QUEUE));
    }
  }

  @Test
  void aSessionIsHandedOverToAnotherInstance() throws Exception {
    Taker first = Taker.waitingFor(new CompletableFuture<>());
    Taker second = Taker.accepting();
    try (var one = source(1);
        var other = source(1)) {
      one.start(first);
      send("a", "1");
      send("a", "2");
      assertEquals("1", first.nextText());
      other.start(second);
      bus.faults().loseLocks(QUEUE);
      assertEquals("1", second.nextText());
      assertEquals("2", second.nextText());
      awaitEmpty();
    }
  }

  @Test
  void aStallIsSeenToldAndEnded() throws Exception {
    Taker taker = Taker.accepting();
    try (var source = ServiceBusSource.queue(bus.connectionString(), QUEUE)
        .sessions(2)
        .stalledAfter(Duration.ofSeconds(1))
        .build()) {
      source.start(taker);
      bus.faults().stall(QUEUE);
      send("a", "1");
      Await.until("the loss is told", () -> !taker.losses().isEmpty());
      bus.faults().resume(QUEUE);
      assertEquals("1", taker.nextText());
      Await.until("it is told to be there again", () -> !taker.restorations().isEmpty());
      awaitEmpty();
    }
  }
}
