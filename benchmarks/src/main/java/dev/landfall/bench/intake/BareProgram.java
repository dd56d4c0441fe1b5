package dev.landfall.bench.intake;

import dev.landfall.bench.frame.Parent;
import dev.landfall.spi.Disposition;
import dev.landfall.transport.http.Webhook;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Landfall's webhook alone: it has the whole of each request and accepts it, unread. */
final class BareProgram {

  private BareProgram() {}

  /**
   * Serves until the parent has enough.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) throws IOException {
    try (Webhook webhook = Webhook.on(0).path("/events").withoutSecret().build()) {
      webhook.start(delivery -> CompletableFuture.completedFuture(Disposition.accepted()));
      Parent.tell(webhook.uri().toString());
      Parent.awaitEnd();
    }
  }
}
