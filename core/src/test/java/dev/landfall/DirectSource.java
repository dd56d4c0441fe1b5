package dev.landfall;

import dev.landfall.event.RawEvent;
import dev.landfall.spi.Delivery;
import dev.landfall.spi.Disposition;
import dev.landfall.spi.EventSource;
import dev.landfall.spi.Receiver;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A source that a test feeds by hand. */
final class DirectSource implements EventSource {

  private @Nullable Receiver receiver;

  @Override
  public String name() {
    return "direct";
  }

  @Override
  public void start(Receiver taker) {
    receiver = taker;
  }

  CompletableFuture<Disposition> deliver(RawEvent body) {
    if (receiver == null) {
      throw new IllegalStateException("The pipeline is not started.");
    }
    return receiver.receive(new Delivery(name(), Instant.EPOCH, body)).toCompletableFuture();
  }

  Disposition answerTo(RawEvent body) throws Exception {
    return deliver(body).get(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() {}
}
