package dev.landfall.transport.http;

import dev.landfall.spi.EventSource;
import dev.landfall.spi.Receiver;
import dev.landfall.spi.SourceException;
import java.net.URI;
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
 * <p>It speaks HTTP/1.1, plainly unless {@link WebhookBuilder#tls} says otherwise. F&amp;O demands
 * TLS, so a plain one belongs behind something that ends it. It listens on this machine only unless
 * {@link WebhookBuilder#host} says otherwise. Reading a body holds no thread. At worst it holds as
 * many bodies as {@link WebhookBuilder#maxConcurrentRequests} and {@link WebhookBuilder#bodyLimit}
 * allow together. The query of a request is never logged, save by the server's own debug log
 * ({@code org.eclipse.jetty}), which must stay off.
 */
public final class Webhook implements EventSource {

  private final Settings settings;
  private @Nullable Listener listener;
  private boolean closed;
  private volatile int port;

  Webhook(Settings settings) {
    this.settings = settings;
    port = settings.port();
  }

  /**
   * {@return a webhook to be, on a port}
   *
   * @param port where it listens, 0 to 65535; 0 takes any that is free
   * @throws IllegalArgumentException if there is no such port
   */
  public static WebhookBuilder on(int port) {
    return new WebhookBuilder(port);
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
    String scheme = settings.tls() == null ? "http://" : "https://";
    return URI.create(scheme + authority + ":" + port + settings.path());
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
   * those that are get their answer within {@link WebhookBuilder#answerWithin}.
   */
  @Override
  public synchronized void close() {
    if (!closed && listener != null) {
      listener.close();
    }
    closed = true;
  }
}
