package dev.landfall.bench.servicebus;

import dev.landfall.bench.frame.Parent;
import dev.landfall.spi.Disposition;
import dev.landfall.transport.servicebus.ServiceBusSource;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Landfall's source alone: it has the whole of each message and accepts it, unread. */
final class LandfallProgram {

  private LandfallProgram() {}

  /**
   * Receives until the parent has enough.
   *
   * @param arguments where the broker is, and how many messages may be under way
   */
  public static void main(String[] arguments) throws IOException {
    try (ServiceBusSource source = ServiceBusSource.queue(arguments[0], BrokerProgram.QUEUE)
        .concurrency(Integer.parseInt(arguments[1]))
        .build()) {
      source.start(delivery -> CompletableFuture.completedFuture(Disposition.accepted()));
      Parent.awaitEnd();
    }
  }
}
