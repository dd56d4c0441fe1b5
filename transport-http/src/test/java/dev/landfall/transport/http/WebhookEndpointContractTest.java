package dev.landfall.transport.http;

import dev.landfall.event.Headers;
import dev.landfall.spi.EventSource;
import dev.landfall.testkit.EventSourceContract;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

class WebhookEndpointContractTest extends EventSourceContract {

  @Override
  protected EventSource newSource() {
    return WebhookEndpoint.named("/events").sharedSecret(Sender.SECRET).build();
  }

  @Override
  protected CompletableFuture<Answer> send(EventSource source, byte[] body) {
    WebhookRequest head = new WebhookRequest(
        "POST",
        "/events",
        null,
        Headers.of(Map.of("X-Landfall-Secret", Sender.SECRET)),
        body.length,
        null);
    return ((WebhookEndpoint) source)
        .answer(head, body)
        .thenApply(answer -> switch (answer.status()) {
          case 202 -> Answer.ACKNOWLEDGED;
          case 400 -> Answer.REFUSED;
          case 503 -> Answer.TRY_LATER;
          default -> throw new AssertionError("Status " + answer.status());
        })
        .toCompletableFuture();
  }
}
