package dev.landfall.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.landfall.spi.Disposition;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What probes of the surroundings hear. */
@Timeout(60)
class WebhookHealthTest {

  private final AtomicBoolean ready = new AtomicBoolean(true);
  private final Webhook webhook = Webhook.on(0)
      .sharedSecret(Sender.SECRET)
      .path("/events")
      .health("/health", ready::get)
      .build();

  @AfterEach
  void close() {
    webhook.close();
  }

  private HttpResponse<String> ask(String method, String path) throws Exception {
    return Sender.send(HttpRequest.newBuilder(webhook.uri().resolve(path))
        .method(method, BodyPublishers.noBody()));
  }

  @Test
  void aProbeHearsWhetherAllIsWellWithoutACredential() throws Exception {
    webhook.start(delivery -> CompletableFuture.completedFuture(Disposition.accepted()));
    assertEquals(200, ask("GET", "/health").statusCode());
    assertEquals("{\"status\":\"UP\"}", ask("GET", "/health").body());
    assertEquals(200, ask("HEAD", "/health").statusCode());
    ready.set(false);
    assertEquals(503, ask("GET", "/health").statusCode());
    assertEquals("{\"status\":\"DOWN\"}", ask("GET", "/health").body());
  }

  @Test
  void nothingElseIsAnsweredThere() throws Exception {
    webhook.start(delivery -> CompletableFuture.completedFuture(Disposition.accepted()));
    assertEquals(404, ask("POST", "/health").statusCode());
    assertEquals(404, ask("GET", "/health/").statusCode());
    assertEquals(405, ask("GET", "/events").statusCode());
    assertThrows(IllegalArgumentException.class, () -> Webhook.on(0).health("health", () -> true));
  }
}
