package dev.landfall.transport.http;

import dev.landfall.event.RawEvent;
import dev.landfall.spi.Delivery;
import dev.landfall.spi.Disposition;
import dev.landfall.spi.Receiver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a request is decided upon, whatever server took it: what its head condemns, whether there
 * is room for it, and what its sender hears.
 */
final class Desk {

  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

  /** How long a sender should wait when nothing better is known. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private static final WebhookAnswer LATE = WebhookAnswer.tryLater(
      PAUSE, "The event is being worked on; the next delivery of it hears the outcome.");

  private static final Duration GETTING_OUT = Duration.ofSeconds(2);

  private final String name;
  private final Rules rules;
  private final Receiver receiver;
  private final Semaphore room;
  private volatile boolean closing;

  Desk(String name, Rules rules, Receiver receiver) {
    this.name = name;
    this.rules = rules;
    this.receiver = receiver;
    room = new Semaphore(rules.maxConcurrentRequests());
  }

  String name() {
    return name;
  }

  Rules rules() {
    return rules;
  }

  /** {@return an answer that needs no body, or null if the body is to be read} */
  @Nullable
  WebhookAnswer answerToHead(WebhookRequest head) {
    boolean asks = EventGrid.asks(head);
    if (!asks && !head.method().equals("POST")) {
      return WebhookAnswer.problem(405, "Events are posted.", "Allow", "POST");
    }
    WebhookAnswer stranger = rules.admission().refusal(head);
    if (stranger != null) {
      return stranger;
    }
    if (asks) {
      return rules.grid().agree(head);
    }
    String encoding = head.headers().get("Content-Encoding").orElse("identity");
    if (!encoding.equalsIgnoreCase("identity")) {
      return WebhookAnswer.problem(
          415, "A body is sent as it is, without Content-Encoding.", "Accept-Encoding", "identity");
    }
    return head.length() > rules.bodyLimit() ? tooLarge() : null;
  }

  /** {@return why there is no room, or null if there is; then {@link #leave} is owed} */
  @Nullable
  WebhookAnswer enter() {
    if (!room.tryAcquire()) {
      return WebhookAnswer.tryLater(PAUSE, "The webhook has as many requests as it may hold.");
    }
    // Asked after a place is taken: who then waits for all places knows that nobody follows.
    if (closing) {
      room.release();
      return shuttingDown();
    }
    return null;
  }

  void leave() {
    room.release();
  }

  /**
   * Hands a body over.
   *
   * @param left how long its sender may still wait
   * @return the answer, in time; never fails
   */
  CompletionStage<WebhookAnswer> take(WebhookRequest head, RawEvent body, Duration left) {
    if (body.length() == 0) {
      return CompletableFuture.completedFuture(
          WebhookAnswer.problem(400, "A delivery has the event as its body; this one is empty."));
    }
    WebhookAnswer notice = rules.grid().answer(head, body);
    if (notice != null) {
      return CompletableFuture.completedFuture(notice);
    }
    CompletableFuture<WebhookAnswer> answer = new CompletableFuture<>();
    try {
      var unused = receiver
          .receive(new Delivery(
              name,
              rules.clock().instant(),
              body,
              SharedSecrets.withoutCredentials(head.headers())))
          .whenComplete((disposition, failure) -> answer.complete(
              disposition == null ? receiverBroke(failure) : answered(disposition)));
    } catch (RuntimeException | Error broken) {
      answer.complete(receiverBroke(broken));
    }
    return answer.isDone()
        ? answer
        : answer.completeOnTimeout(LATE, Math.max(0, left.toNanos()), TimeUnit.NANOSECONDS);
  }

  private static WebhookAnswer answered(Disposition disposition) {
    return WebhookAnswer.to(disposition);
  }

  private WebhookAnswer receiverBroke(@Nullable Throwable cause) {
    LOG.error(
        "{}: the receiver failed, which its contract forbids; the sender was told to try later.",
        name,
        cause);
    return WebhookAnswer.tryLater(PAUSE, "The event could not be taken.");
  }

  WebhookAnswer tooLarge() {
    return WebhookAnswer.problem(
        413, "A body has at most %d bytes; this one has more.".formatted(rules.bodyLimit()));
  }

  static WebhookAnswer shuttingDown() {
    return WebhookAnswer.tryLater(PAUSE, "The webhook is shutting down.");
  }

  boolean closing() {
    return closing;
  }

  /** Lets nobody in any more. */
  void close() {
    closing = true;
    rules.grid().close();
  }

  /**
   * {@return whether all who are in have their answer, once that is so or its time is over} An
   * answer that is due at its last moment still has to get out.
   */
  boolean awaitEmpty() throws InterruptedException {
    return room.tryAcquire(
        rules.maxConcurrentRequests(),
        rules.answerWithin().plus(GETTING_OUT).toNanos(),
        TimeUnit.NANOSECONDS);
  }
}
