package dev.landfall.transport.http;

import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What a probe hears that asks whether events are taken.
 *
 * @param path where it asks
 * @param ready is asked each time, and quick
 */
record Health(String path, BooleanSupplier ready) {

  private static final String NO_STORE = "no-store";

  /** {@return whether a request is such a question} */
  boolean isAsked(WebhookRequest head) {
    return path.equals(head.path())
        && (head.method().equals("GET") || head.method().equals("HEAD"));
  }

  /** {@return 200 or 503; a probe needs no credential and learns nothing else} */
  WebhookAnswer answer(boolean closing) {
    boolean up = !closing && ready.getAsBoolean();
    return new WebhookAnswer(
        up ? 200 : 503,
        Map.of("Content-Type", "application/json", "Cache-Control", NO_STORE),
        up ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\"}");
  }
}
