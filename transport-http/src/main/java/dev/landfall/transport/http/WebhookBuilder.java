package dev.landfall.transport.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link Webhook}; not safe for several threads at once. */
public final class WebhookBuilder extends PostingBuilder<WebhookBuilder> {

  private static final Pattern PATH = Pattern.compile("/|(/[A-Za-z0-9._~-]+)+");

  private final int port;
  private String host = "127.0.0.1";
  private String path = "/";
  private @Nullable Health health;
  private Tls.@Nullable StoreFile own;
  private Tls.@Nullable StoreFile trusted;
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
    this.path = checkedPath(path);
    return this;
  }

  private static String checkedPath(String path) {
    require(
        PATH.matcher(path).matches() && !path.contains("/."),
        "A path is / or segments like /events, of letters, digits and ._~-, not \"%s\".",
        path);
    return path;
  }

  /**
   * Answers probes at another path, without a credential: 200 while it takes events and all is
   * well, 503 else.
   *
   * @param path such as {@code /health}; asked with GET or HEAD
   * @param ready whether all is well, such as {@code () -> true}; asked each time, on a thread of
   *     the server, so it is quick and does not throw
   * @return this
   * @throws IllegalArgumentException if the path is none
   */
  public WebhookBuilder health(String path, BooleanSupplier ready) {
    health = new Health(checkedPath(path), ready);
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
   * Speaks TLS 1.2 and 1.3. The file is looked at every 2 seconds, and what is new in it holds for
   * connections from then on. It is read when the webhook starts.
   *
   * @param keyStore a file in PKCS #12 or JKS with the certificate, its chain and its key
   * @param password of the store and the key
   * @return this
   */
  public WebhookBuilder tls(Path keyStore, String password) {
    own = new Tls.StoreFile(keyStore, password);
    return this;
  }

  /**
   * Takes connections only from senders that show a certificate which was issued by one in a store.
   * That is a credential: {@link #sharedSecret} and {@link #basic} are not needed beside it, and
   * asked for if given.
   *
   * @param trustStore a file in PKCS #12 or JKS, looked at like that of {@link #tls}
   * @param password of the store
   * @return this
   */
  public WebhookBuilder clientCertificates(Path trustStore, String password) {
    trusted = new Tls.StoreFile(trustStore, password);
    admitByCertificate();
    return this;
  }

  /**
   * {@return the webhook, not yet started}
   *
   * @throws IllegalStateException if it was not said who may post to it, or senders need
   *     certificates and it has none
   */
  public Webhook build() {
    if (trusted != null && own == null) {
      throw new IllegalStateException(
          "Senders show certificates to who shows one: call tls(...) besides clientCertificates(...).");
    }
    Tls tls = own == null ? null : new Tls(own, trusted);
    return new Webhook(new Settings(host, port, path, requestDeadline, tls, health, rules()));
  }
}
