package dev.landfall;

import dev.landfall.event.Headers;
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
    return deliver(body, Headers.none());
  }

  Receiver receiver() {
    if (receiver == null) {
      throw new IllegalStateException("The pipeline is not started.");
    }
    return receiver;
  }

  private CompletableFuture<Disposition> deliver(RawEvent body, Headers headers) {
    return receiver()
        .receive(new Delivery(name(), Instant.EPOCH, body, headers))
        .toCompletableFuture();
  }

  Disposition answerTo(RawEvent body, Headers headers) throws Exception {
    return deliver(body, headers).get(10, TimeUnit.SECONDS);
  }

  Disposition answerTo(RawEvent body) throws Exception {
    return deliver(body).get(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() {}
}
