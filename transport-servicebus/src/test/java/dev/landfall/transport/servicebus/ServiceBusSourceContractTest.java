package dev.landfall.transport.servicebus;

import dev.landfall.emulator.servicebus.BusMessage;
import dev.landfall.emulator.servicebus.ServiceBusEmulator;
import dev.landfall.spi.EventSource;
import dev.landfall.testkit.EventSourceContract;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;

class ServiceBusSourceContractTest extends EventSourceContract {

  private static final String QUEUE = "d365-events";

  private final ServiceBusEmulator bus =
      ServiceBusEmulator.builder().queue(QUEUE).build();

  @AfterEach
  void stop() {
    bus.close();
  }

  @Override
  protected EventSource newSource() {
    return ServiceBusSource.queue(bus.connectionString(), QUEUE)
        .concurrency(100)
        .build();
  }

  @Override
  protected CompletableFuture<Answer> send(EventSource source, byte[] body) {
    String id = UUID.randomUUID().toString();
    bus.send(QUEUE, BusMessage.of(body).withMessageId(id));
    return CompletableFuture.supplyAsync(() -> answer(id));
  }

  private Answer answer(String id) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() < end) {
      if (has(bus.deadLetters(QUEUE), id, 0)) {
        return Answer.REFUSED;
      }
      if (has(bus.messages(QUEUE), id, 1)) {
        return Answer.TRY_LATER;
      }
      if (!has(bus.messages(QUEUE), id, 0) && !has(bus.deadLetters(QUEUE), id, 0)) {
        return Answer.ACKNOWLEDGED;
      }
      Thread.onSpinWait();
    }
    throw new CompletionException(new TimeoutException("No answer."));
  }

  private static boolean has(List<BusMessage> messages, String id, int deliveries) {
    return messages.stream()
        .anyMatch(message ->
            message.messageId().orElse("").equals(id) && message.deliveryCount() >= deliveries);
  }
}
