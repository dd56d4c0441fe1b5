package dev.landfall.transport.http;

import dev.landfall.spi.Disposition;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What the sender hears, as any server can send it.
 *
 * @param status of HTTP
 * @param headers to be set; with a body its {@code Content-Type} is among them
 * @param body to be sent in UTF-8, empty for none; a refusal's is a problem as in RFC 9457
 */
public record WebhookAnswer(int status, Map<String, String> headers, String body) {

  private static final WebhookAnswer ACCEPTED = new WebhookAnswer(202, Map.of(), "");
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private static final Map<Integer, String> TITLES = Map.ofEntries(
      Map.entry(400, "Bad Request"),
      Map.entry(401, "Unauthorized"),
      Map.entry(403, "Forbidden"),
      Map.entry(404, "Not Found"),
      Map.entry(405, "Method Not Allowed"),
      Map.entry(408, "Request Timeout"),
      Map.entry(413, "Content Too Large"),
      Map.entry(414, "URI Too Long"),
      Map.entry(415, "Unsupported Media Type"),
      Map.entry(417, "Expectation Failed"),
      Map.entry(426, "Upgrade Required"),
      Map.entry(431, "Request Header Fields Too Large"),
      Map.entry(500, "Internal Server Error"),
      Map.entry(501, "Not Implemented"),
      Map.entry(503, "Service Unavailable"),
      Map.entry(505, "HTTP Version Not Supported"));

  /**
   * Copies what is given.
   *
   * @param status of HTTP
   * @param headers to be set
   * @param body to be sent
   */
  public WebhookAnswer {
    headers = Map.copyOf(headers);
  }

  static WebhookAnswer json(String object) {
    return new WebhookAnswer(200, Map.of("Content-Type", "application/json"), object);
  }

  static WebhookAnswer empty(int status, Map<String, String> headers) {
    return new WebhookAnswer(status, headers, "");
  }

  static WebhookAnswer problem(int status, String detail) {
    return new WebhookAnswer(
        status,
        Map.of("Content-Type", "application/problem+json"),
        "{\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
            .formatted(TITLES.getOrDefault(status, "Refused"), status, escaped(detail)));
  }

  static WebhookAnswer problem(int status, String detail, String header, String value) {
    return problem(status, detail, Map.of(header, value));
  }

  static WebhookAnswer problem(int status, String detail, Map<String, String> more) {
    WebhookAnswer plain = problem(status, detail);
    Map<String, String> headers = new HashMap<>(plain.headers());
    headers.putAll(more);
    return new WebhookAnswer(status, headers, plain.body());
  }

  static WebhookAnswer tryLater(Duration wait, String detail) {
    Duration bounded = wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    long seconds = Math.max(1, bounded.plusSeconds(1).minusNanos(1).toSeconds());
    return problem(503, detail, "Retry-After", Long.toString(seconds));
  }

  static WebhookAnswer to(Disposition disposition) {
    return switch (disposition.verdict()) {
      case ACCEPTED -> ACCEPTED;
      case REFUSED -> problem(400, disposition.explanation());
      case TRY_LATER -> tryLater(disposition.retryAfter(), disposition.explanation());
    };
  }

  static String escaped(String text) {
    StringBuilder json = new StringBuilder(text.length());
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      if (character == '"' || character == '\\') {
        json.append('\\').append(character);
      } else if (character < ' ') {
        json.append("\\u%04x".formatted((int) character));
      } else {
        json.append(character);
      }
    }
    return json.toString();
  }
}
