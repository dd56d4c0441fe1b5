package dev.landfall.emulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A URL that events are posted to.
 *
 * <p>F&amp;O knows no credential for such an endpoint but its URL, which is kept as a secret with
 * everything in its query. So the query is sent, and shown nowhere.
 */
public final class HttpsEndpoint extends Endpoint {

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

  private final URI uri;
  private final Map<String, String> headers;

  private HttpsEndpoint(URI uri, Map<String, String> headers) {
    super(uri.toString(), withoutQuery(uri));
    this.uri = uri;
    this.headers = headers;
  }

  static HttpsEndpoint to(URI uri) {
    String scheme = uri.getScheme();
    String host = uri.getHost();
    boolean loopback = host != null && LOOPBACK.matcher(host).matches();
    if (host == null
        || uri.getRawUserInfo() != null
        || !("https".equalsIgnoreCase(scheme) || ("http".equalsIgnoreCase(scheme) && loopback))) {
      throw new IllegalArgumentException(
          "An endpoint is an https URL without user and password, or http on a loopback address such"
              + " as 127.0.0.1; %s is neither."
                  .formatted(uri.getRawUserInfo() == null ? withoutQuery(uri) : host));
    }
    return new HttpsEndpoint(uri, Map.of());
  }

  /**
   * {@return this endpoint with one more header in each request}
   *
   * @param name such as {@code X-Shared-Secret}; in place of an earlier one of that name
   * @param value never printed
   * @throws IllegalArgumentException if HTTP does not allow such a name or value, or the sender
   *     sets that header itself
   */
  public HttpsEndpoint header(String name, String value) {
    try {
      HttpRequest.newBuilder().header(name, value);
    } catch (IllegalArgumentException refused) {
      // The cause would print the value.
      throw new IllegalArgumentException(
          "A header has a valid name and value and is none that HTTP sets itself; %s is refused."
              .formatted(name));
    }
    var more = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    more.putAll(headers);
    more.put(name, value);
    return new HttpsEndpoint(uri, Collections.unmodifiableMap(more));
  }

  /** {@return where to post, with the query; a secret, not for logs} */
  public URI uri() {
    return uri;
  }

  @Override
  Answer attempt(RaisedEvent event, HttpClient client) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri)
        .header("Content-Type", "application/json; charset=utf-8")
        .POST(BodyPublishers.ofString(event.json()));
    headers.forEach(request::setHeader);
    return Answer.http(client.send(request.build(), BodyHandlers.discarding()).statusCode());
  }

  private static String withoutQuery(URI uri) {
    String text = uri.toString();
    int end = text.indexOf('?');
    return end < 0 ? text : text.substring(0, end) + "?...";
  }
}
