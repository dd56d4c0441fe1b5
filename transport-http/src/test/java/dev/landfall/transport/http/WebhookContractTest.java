package dev.landfall.transport.http;

import dev.landfall.spi.EventSource;
import dev.landfall.testkit.EventSourceContract;
import java.util.concurrent.CompletableFuture;

class WebhookContractTest extends EventSourceContract {

  @Override
  protected EventSource newSource() {
    return Webhook.on(0).sharedSecret(Sender.SECRET).build();
  }

  @Override
  protected CompletableFuture<Answer> send(EventSource source, byte[] body) {
    return Sender.sendAsync(Sender.post((Webhook) source, body))
        .thenApply(response -> switch (response.statusCode()) {
          case 202 -> Answer.ACKNOWLEDGED;
          case 400 -> Answer.REFUSED;
          case 503 -> Answer.TRY_LATER;
          default -> throw new AssertionError("Status " + response.statusCode());
        });
  }
}
