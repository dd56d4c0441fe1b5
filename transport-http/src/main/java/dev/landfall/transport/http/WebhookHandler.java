package dev.landfall.transport.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.landfall.event.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hands the requests of the JDK's own server to an endpoint.
 *
 * <pre>{@code
 * server.createContext("/events", WebhookHandler.of(endpoint));
 * }</pre>
 *
 * <p>It holds a thread of that server from the head of a request to its answer. How long a body may
 * take to arrive, that server limits only by the system property
 * {@code sun.net.httpserver.maxReqTime}, in seconds; without it, slow senders can hold all of its
 * threads. {@link Webhook} has no such weakness.
 */
public final class WebhookHandler implements HttpHandler {

  private static final int MOST_LEFT = 1 << 20;

  private final WebhookEndpoint endpoint;

  private WebhookHandler(WebhookEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * {@return a handler}
   *
   * @param endpoint a source of some pipeline, which starts and closes it
   */
  public static WebhookHandler of(WebhookEndpoint endpoint) {
    return new WebhookHandler(endpoint);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      WebhookRequest head = head(exchange);
      WebhookAnswer early = endpoint.answerToHead(head).orElse(null);
      send(early == null ? answered(head, exchange) : early, exchange);
    }
  }

  private WebhookAnswer answered(WebhookRequest head, HttpExchange exchange) throws IOException {
    // One byte more than fits is enough to be refused.
    byte[] body = exchange.getRequestBody().readNBytes(endpoint.bodyLimit() + 1);
    return endpoint.answer(head, body).toCompletableFuture().join();
  }

  private static WebhookRequest head(HttpExchange exchange) {
    Map<String, String> values = new HashMap<>();
    exchange.getRequestHeaders().forEach((name, all) -> {
      if (!all.isEmpty()) {
        values.put(name, all.get(0));
      }
    });
    Headers headers = Headers.of(values);
    return new WebhookRequest(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getRawPath(),
        exchange.getRequestURI().getRawQuery(),
        headers,
        length(headers.get("Content-Length").orElse(null)),
        exchange.getRemoteAddress().getAddress());
  }

  private static long length(@Nullable String told) {
    return told != null && told.matches("[0-9]{1,18}") ? Long.parseLong(told) : -1;
  }

  private static void send(WebhookAnswer answer, HttpExchange exchange) throws IOException {
    // With much of a body unread that server resets the connection, and the answer is lost.
    exchange.getRequestBody().readNBytes(MOST_LEFT);
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
