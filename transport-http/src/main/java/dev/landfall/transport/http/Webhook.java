package dev.landfall.transport.http;

import dev.landfall.spi.EventSource;
import dev.landfall.spi.Receiver;
import dev.landfall.spi.SourceException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes events that senders post over HTTP, such as F&amp;O's endpoints of type HTTPS.
 *
 * <pre>{@code
 * Webhook.on(8080).path("/events").sharedSecret(secret).build()
 * }</pre>
 *
 * <p>A sender posts one event as the body and proves itself with a shared secret, in the query
 * parameter {@code code} or in the header {@code X-Landfall-Secret}. F&amp;O knows only a URL, so
 * there the whole of {@code https://host/events?code=SECRET} is what its key vault keeps; the
 * secret is percent-encoded in it.
 *
 * <p>It speaks plain HTTP/1.1 and belongs behind something that ends TLS, which F&amp;O demands; so
 * it listens on this machine only unless {@link Builder#host} says otherwise. Reading a body holds
 * no thread. At worst it holds as many bodies as {@link Builder#maxConcurrentRequests} and
 * {@link Builder#bodyLimit} allow together. The query of a request is never logged, save by the
 * server's own debug log ({@code org.eclipse.jetty}), which must stay off.
 */
public final class Webhook implements EventSource {

  private final Settings settings;
  private @Nullable Listener listener;
  private boolean closed;
  private volatile int port;

  private Webhook(Settings settings) {
    this.settings = settings;
    port = settings.port();
  }

  /**
   * {@return a webhook to be, on a port}
   *
   * @param port where it listens, 0 to 65535; 0 takes any that is free
   * @throws IllegalArgumentException if there is no such port
   */
  public static Builder on(int port) {
    require(port >= 0 && port <= 65_535, "A port is 0 to 65535, not %d.", port);
    return new Builder(port);
  }

  static String name(int port) {
    return "webhook :" + port;
  }

  /** {@return {@code webhook :} and the port} */
  @Override
  public String name() {
    return name(port);
  }

  /** {@return the port it listens on; before it is started, the one that it was built with} */
  public int port() {
    return port;
  }

  /** {@return where events are posted, as seen from this machine; without the secret} */
  public URI uri() {
    String host = settings.host();
    if (host.equals("0.0.0.0") || host.equals("::")) {
      host = "localhost";
    }
    String authority = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + authority + ":" + port + settings.path());
  }

  /**
   * {@inheritDoc}
   *
   * @throws SourceException if the address cannot be taken, for example because another process
   *     listens on the port
   * @throws IllegalStateException if it was started or closed before
   */
  @Override
  public synchronized void start(Receiver receiver) {
    if (listener != null || closed) {
      throw new IllegalStateException(
          "%s was started or closed before; a source is started once, so build another."
              .formatted(name()));
    }
    listener = Listener.open(settings, receiver);
    port = listener.port();
  }

  /**
   * {@inheritDoc}
   *
   * <p>The port is free at once, requests that are not completely read are told to try later, and
   * those that are get their answer within {@link Builder#answerWithin}.
   */
  @Override
  public synchronized void close() {
    if (!closed && listener != null) {
      listener.close();
    }
    closed = true;
  }

  private static void require(boolean holds, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(rule.formatted(value));
    }
  }

  /** Collects what a webhook needs to know; not safe for several threads at once. */
  public static final class Builder {

    private static final Pattern PATH = Pattern.compile("/|(/[A-Za-z0-9._~-]+)+");
    private static final int LARGEST_BODY = 1 << 30;

    private final int port;
    private final List<String> secrets = new ArrayList<>();
    private boolean open;
    private String host = "127.0.0.1";
    private String path = "/";
    private int bodyLimit = 1 << 20;
    private Duration answerWithin = Duration.ofSeconds(8);
    private Duration requestDeadline = Duration.ofSeconds(15);
    private int maxConcurrentRequests = 1024;
    private Clock clock = Clock.systemUTC();

    private Builder(int port) {
      this.port = port;
    }

    /**
     * Listens on another address than {@code 127.0.0.1}, which only this machine reaches.
     *
     * @param host a name or address of this machine; {@code 0.0.0.0} for all of them, as in a
     *     container
     * @return this
     * @throws IllegalArgumentException if it is blank
     */
    public Builder host(String host) {
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
    public Builder path(String path) {
      require(
          PATH.matcher(path).matches() && !path.contains("/."),
          "A path is / or segments like /events, of letters, digits and ._~-, not \"%s\".",
          path);
      this.path = path;
      return this;
    }

    /**
     * Takes events from senders that know a secret. May be called again: each of the secrets is
     * good, so that an old one goes on until all senders have the new one.
     *
     * @param secret 16 to 1024 visible ASCII characters
     * @return this
     * @throws IllegalArgumentException if it is shorter, longer, or has other characters
     * @throws IllegalStateException after {@link #withoutSecret}
     */
    public Builder sharedSecret(String secret) {
      if (open) {
        throw contradiction();
      }
      secrets.add(SharedSecrets.requireStrong(secret));
      return this;
    }

    /**
     * Takes events from anybody who can reach the port. Nothing less opens a webhook.
     *
     * @return this
     * @throws IllegalStateException after {@link #sharedSecret}
     */
    public Builder withoutSecret() {
      if (!secrets.isEmpty()) {
        throw contradiction();
      }
      open = true;
      return this;
    }

    /**
     * Refuses bodies over another limit than 1 MiB.
     *
     * @param bytes 1 to 1 GiB
     * @return this
     * @throws IllegalArgumentException if it is less or more
     */
    public Builder bodyLimit(int bytes) {
      require(
          bytes >= 1 && bytes <= LARGEST_BODY, "A body limit is 1 byte to 1 GiB, not %d.", bytes);
      bodyLimit = bytes;
      return this;
    }

    /**
     * Tells a sender to try later when the pipeline has no answer after another time than 8
     * seconds; the work on the event goes on. F&amp;O waits 10 seconds, Event Grid 30.
     *
     * @param limit counted from the first byte of the request; 1 ms to 1 hour
     * @return this
     * @throws IllegalArgumentException if it is less or more
     */
    public Builder answerWithin(Duration limit) {
      answerWithin = Settings.checked(limit);
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
    public Builder requestDeadline(Duration limit) {
      requestDeadline = Settings.checked(limit);
      return this;
    }

    /**
     * Holds another number of requests at once than 1024; one more is told to try later.
     *
     * @param requests at least 1; those that wait for their body or their answer
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public Builder maxConcurrentRequests(int requests) {
      require(requests >= 1, "A webhook holds at least 1 request at once, not %d.", requests);
      maxConcurrentRequests = requests;
      return this;
    }

    /**
     * Dates deliveries by another clock than the system's.
     *
     * @param clock tells when a delivery arrived
     * @return this
     */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /**
     * {@return the webhook, not yet started}
     *
     * @throws IllegalStateException if it was not said who may post to it
     */
    public Webhook build() {
      if (secrets.isEmpty() && !open) {
        throw new IllegalStateException(
            "A webhook is told who may post to it, and this one was not: call sharedSecret(...), or withoutSecret() to take events from anybody.");
      }
      return new Webhook(new Settings(
          host,
          port,
          path,
          open ? SharedSecrets.NONE : SharedSecrets.of(secrets),
          bodyLimit,
          answerWithin,
          requestDeadline,
          maxConcurrentRequests,
          clock));
    }

    private static IllegalStateException contradiction() {
      return new IllegalStateException(
          "A webhook either has shared secrets or is open to anybody: call sharedSecret(...) or withoutSecret(), not both.");
    }
  }
}
