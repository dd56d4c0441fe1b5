package dev.landfall.bench.webhook;

import dev.landfall.bench.frame.Parent;
import dev.landfall.spi.Disposition;
import dev.landfall.transport.http.Webhook;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Landfall's webhook alone: it asks for the secret, has the whole of each request and accepts. */
final class LandfallProgram {

  private LandfallProgram() {}

  /**
   * Serves until the parent has enough.
   *
   * @param arguments the secret
   */
  public static void main(String[] arguments) throws IOException {
    try (Webhook webhook =
        Webhook.on(0).path("/events").sharedSecret(arguments[0]).build()) {
      webhook.start(delivery -> CompletableFuture.completedFuture(Disposition.accepted()));
      Parent.tell(webhook.uri().toString());
      Parent.awaitEnd();
    }
  }
}
