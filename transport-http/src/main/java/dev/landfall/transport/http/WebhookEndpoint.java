package dev.landfall.transport.http;

import dev.landfall.event.RawEvent;
import dev.landfall.spi.EventSource;
import dev.landfall.spi.Receiver;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events that are posted to a server which is there already: it is handed requests and says
 * what to answer.
 *
 * <pre>{@code
 * WebhookEndpoint endpoint = WebhookEndpoint.named("events").sharedSecret(secret).build();
 * Pipeline pipeline = Pipeline.from(endpoint)...
 *
 * // in a handler of the server, for each request to the path of the events
 * Optional<WebhookAnswer> early = endpoint.answerToHead(request);
 * if (early.isEmpty()) {
 *   byte[] body = ... // up to endpoint.bodyLimit() bytes, or one more to have it refused
 *   endpoint.answer(request, body).thenAccept(this::send);
 * }
 * }</pre>
 *
 * <p>Which path the events have, TLS, and how long a body may take to arrive, is the server's
 * affair. Before it is started and after it is closed it tells senders to try later.
 */
public final class WebhookEndpoint implements EventSource {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookEndpoint.class);

  private final String name;
  private final Rules rules;
  private volatile @Nullable Desk desk;
  private boolean closed;

  WebhookEndpoint(String name, Rules rules) {
    this.name = name;
    this.rules = rules;
  }

  /**
   * {@return an endpoint to be}
   *
   * @param name for logs, such as the path it is reached at
   * @throws IllegalArgumentException if it is blank
   */
  public static WebhookEndpointBuilder named(String name) {
    return new WebhookEndpointBuilder(name);
  }

  @Override
  public String name() {
    return name;
  }

  /** {@return how many bytes a body may have} */
  public int bodyLimit() {
    return rules.bodyLimit();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if it was started or closed before
   */
  @Override
  public synchronized void start(Receiver receiver) {
    if (desk != null || closed) {
      throw new IllegalStateException(
          "%s was started or closed before; a source is started once, so build another."
              .formatted(name));
    }
    desk = new Desk(name, rules, receiver);
  }

  /**
   * {@return the answer to a request whose body need not be read, or nothing}
   *
   * <p>To be asked before a byte of the body is read. Never fails, never blocks.
   *
   * @param head what is known by then
   */
  public Optional<WebhookAnswer> answerToHead(WebhookRequest head) {
    Desk open = desk;
    return Optional.ofNullable(open == null ? Desk.shuttingDown() : open.answerToHead(head));
  }

  /**
   * {@return the answer to a request, once it is known; the stage never fails}
   *
   * <p>It asks about the head, too, so that a server with the whole request at hand asks this
   * alone. Does not block; the stage completes on a thread of the pipeline or of a timer, on which
   * nothing should take long.
   *
   * @param head method, query and headers
   * @param body the whole of it; more than {@link #bodyLimit} is refused
   */
  public CompletionStage<WebhookAnswer> answer(WebhookRequest head, byte[] body) {
    Desk open = desk;
    if (open == null) {
      return CompletableFuture.completedFuture(Desk.shuttingDown());
    }
    WebhookAnswer early = open.answerToHead(head);
    if (early == null && body.length > rules.bodyLimit()) {
      early = open.tooLarge();
    }
    if (early == null) {
      early = open.enter();
    }
    if (early != null) {
      return CompletableFuture.completedFuture(early);
    }
    return open.take(head, RawEvent.of(body), rules.answerWithin())
        .whenComplete((answer, impossible) -> open.leave());
  }

  /**
   * {@inheritDoc}
   *
   * <p>Requests that were handed over get their answer; others are told to try later.
   */
  @Override
  public void close() {
    Desk last;
    synchronized (this) {
      last = closed ? null : desk;
      closed = true;
    }
    if (last == null) {
      return;
    }
    last.close();
    try {
      if (!last.awaitEmpty()) {
        LOG.warn("{}: some senders got no answer before it closed.", name);
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
