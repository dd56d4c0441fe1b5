package dev.landfall.emulator.servicebus;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.qpid.proton.amqp.Binary;

/** What clients ask a queue about single messages, beside receiving them in turn. */
final class MessageOperations {

  private static final UUID NO_LOCK = new UUID(0, 0);
  private static final int RECEIVE_AND_DELETE = 0;

  private final BusQueue queue;
  private final Namespace namespace;

  MessageOperations(BusQueue queue, Namespace namespace) {
    this.queue = queue;
    this.namespace = namespace;
  }

  Outcome renewLocks(Arguments arguments) {
    List<QueuedMessage> messages = new ArrayList<>();
    for (UUID token : arguments.tokens("lock-tokens")) {
      QueuedMessage message = queue.lockedBy(token);
      if (message == null) {
        return Outcome.lockLost();
      }
      messages.add(message);
    }
    long until = queue.lockEnd(namespace.now());
    messages.forEach(message -> queue.renew(message, until));
    Date[] ends = messages.stream().map(message -> AmqpTimes.of(until)).toArray(Date[]::new);
    return Outcome.ok(Map.of("expirations", ends));
  }

  Outcome peek(Arguments arguments) {
    String session = arguments.text("session-id");
    List<Map<String, Object>> found = queue.from(arguments.number("from-sequence-number")).stream()
        .filter(message -> session == null || session.equals(message.session()))
        .limit(arguments.number("message-count"))
        .map(message -> Map.<String, Object>of("message", encoded(message)))
        .toList();
    return found.isEmpty() ? Outcome.nothing() : Outcome.ok(Map.of("messages", found));
  }

  private Binary encoded(QueuedMessage message) {
    return new Binary(AmqpMessages.encode(message, namespace.now()));
  }

  /** Hands out deferred messages. */
  Outcome receive(Arguments arguments) {
    List<QueuedMessage> messages = new ArrayList<>();
    for (long number : arguments.numbers("sequence-numbers")) {
      QueuedMessage message = queue.find(number);
      if (message == null || !message.deferred || message.lock != null) {
        return Outcome.failed(
            404, "com.microsoft:message-not-found", "There is no deferred message " + number + ".");
      }
      messages.add(message);
    }
    boolean keep = arguments.number("receiver-settle-mode") != RECEIVE_AND_DELETE;
    long until = queue.lockEnd(namespace.now());
    List<Map<String, Object>> handedOut = messages.stream()
        .map(message -> keep ? locked(message, until) : completed(message))
        .toList();
    return Outcome.ok(Map.of("messages", handedOut));
  }

  private Map<String, Object> locked(QueuedMessage message, long until) {
    UUID token = queue.lock(message, until);
    return Map.of("message", encoded(message), "lock-token", token);
  }

  private Map<String, Object> completed(QueuedMessage message) {
    queue.complete(message);
    return Map.of("message", encoded(message), "lock-token", NO_LOCK);
  }

  /** Settles what did not come over a link, as deferred messages do not. */
  Outcome settle(Arguments arguments) {
    for (UUID token : arguments.tokens("lock-tokens")) {
      QueuedMessage message = queue.lockedBy(token);
      if (message == null) {
        return Outcome.lockLost();
      }
      String status = arguments.requiredText("disposition-status");
      switch (status) {
        case "completed" -> queue.complete(message);
        case "abandoned" -> queue.abandon(message);
        case "defered" -> queue.defer(message);
        case "suspended" ->
          queue.deadLetter(
              message,
              arguments.text("deadletter-reason"),
              arguments.text("deadletter-description"));
        default -> {
          return Outcome.failed(400, "amqp:invalid-field", status + " is no status.");
        }
      }
    }
    return Outcome.ok(null);
  }
}
