package dev.landfall.transport.servicebus;

import dev.landfall.emulator.servicebus.BusMessage;
import dev.landfall.emulator.servicebus.ServiceBusEmulator;
import dev.landfall.spi.EventSource;
import dev.landfall.testkit.EventSourceContract;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class ServiceBusSourceContractTest extends EventSourceContract {

  private static final int CASES = 40;
  private static final AtomicInteger CASE = new AtomicInteger();
  private static ServiceBusEmulator bus;

  /** One case leaves a sender that waits in vain, and others must not wait behind it. */
  private final ExecutorService waiting = Executors.newCachedThreadPool();

  private final String queue = "case-" + CASE.incrementAndGet();

  /** Each case has a queue of its own. */
  @BeforeAll
  static void start() {
    var builder = ServiceBusEmulator.builder();
    for (int number = 1; number <= CASES; number++) {
      builder.queue("case-" + number);
    }
    bus = builder.build();
  }

  @AfterAll
  static void stop() {
    bus.close();
  }

  @AfterEach
  void giveUpWaiting() {
    waiting.shutdownNow();
  }

  @Override
  protected EventSource newSource() {
    return ServiceBusSource.queue(bus.connectionString(), queue)
        .concurrency(100)
        .build();
  }

  @Override
  protected CompletableFuture<Answer> send(EventSource source, byte[] body) {
    String id = UUID.randomUUID().toString();
    bus.send(queue, BusMessage.of(body).withMessageId(id));
    return CompletableFuture.supplyAsync(() -> answer(id), waiting);
  }

  private Answer answer(String id) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
      if (has(bus.deadLetters(queue), id, 0)) {
        return Answer.REFUSED;
      }
      if (has(bus.messages(queue), id, 1)) {
        return Answer.TRY_LATER;
      }
      if (!has(bus.messages(queue), id, 0) && !has(bus.deadLetters(queue), id, 0)) {
        return Answer.ACKNOWLEDGED;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
    throw new CompletionException(new TimeoutException("No answer."));
  }

  private static boolean has(List<BusMessage> messages, String id, int deliveries) {
    return messages.stream()
        .anyMatch(message ->
            message.messageId().orElse("").equals(id) && message.deliveryCount() >= deliveries);
  }
}
