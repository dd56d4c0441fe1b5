package dev.landfall.transport.http;

import java.time.Duration;
import java.util.regex.Pattern;

/** Settings of a {@link Webhook}; not safe for several threads at once. */
public final class WebhookBuilder extends PostingBuilder<WebhookBuilder> {

  private static final Pattern PATH = Pattern.compile("/|(/[A-Za-z0-9._~-]+)+");

  private final int port;
  private String host = "127.0.0.1";
  private String path = "/";
  private Duration requestDeadline = Duration.ofSeconds(15);

  WebhookBuilder(int port) {
    require(port >= 0 && port <= 65_535, "A port is 0 to 65535, not %d.", port);
    this.port = port;
  }

  @Override
  WebhookBuilder self() {
    return this;
  }

  /**
   * Listens on another address than {@code 127.0.0.1}, which only this machine reaches.
   *
   * @param host a name or address of this machine; {@code 0.0.0.0} for all of them, as in a
   *     container
   * @return this
   * @throws IllegalArgumentException if it is blank
   */
  public WebhookBuilder host(String host) {
    require(
        !host.isBlank(),
        "A host is a name or an address, not \"%s\"; 0.0.0.0 stands for all.",
        host);
    this.host = host;
    return this;
  }

  /**
   * Takes events at another path than {@code /}.
   *
   * @param path such as {@code /events}; matched exactly
   * @return this
   * @throws IllegalArgumentException if it does not begin with a slash, ends with one, or needs
   *     encoding
   */
  public WebhookBuilder path(String path) {
    require(
        PATH.matcher(path).matches() && !path.contains("/."),
        "A path is / or segments like /events, of letters, digits and ._~-, not \"%s\".",
        path);
    this.path = path;
    return this;
  }

  /**
   * Gives a request another time than 15 seconds to arrive, however steadily it trickles.
   *
   * @param limit counted from its first byte to its last, for the first request of a connection
   *     from its opening; 1 ms to 1 hour
   * @return this
   * @throws IllegalArgumentException if it is less or more
   */
  public WebhookBuilder requestDeadline(Duration limit) {
    requestDeadline = checked(limit);
    return this;
  }

  /**
   * {@return the webhook, not yet started}
   *
   * @throws IllegalStateException if it was not said who may post to it
   */
  public Webhook build() {
    return new Webhook(new Settings(host, port, path, requestDeadline, rules()));
  }
}
