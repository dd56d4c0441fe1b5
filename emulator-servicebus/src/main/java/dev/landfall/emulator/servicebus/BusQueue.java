package dev.landfall.emulator.servicebus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The messages of a queue, a subscription or a dead-letter queue, and who holds which of them. */
final class BusQueue {

  /** A message to look at again; it may have gone by then. */
  private record Deadline(long at, long sequence) {}

  final String name;
  final EntitySettings settings;
  final Sessions sessions;
  final DuplicateHistory duplicates;
  private final @Nullable BusQueue deadLetters;
  private final NavigableMap<Long, QueuedMessage> messages = new TreeMap<>();
  private final NavigableMap<Long, QueuedMessage> ready = new TreeMap<>();
  /** All locks of a queue last equally long, so the order of insertion is that of expiry. */
  private final Map<UUID, QueuedMessage> locked = new LinkedHashMap<>();

  private final PriorityQueue<Deadline> deadlines =
      new PriorityQueue<>(Comparator.comparingLong(Deadline::at));
  private long completed;

  BusQueue(String name, EntitySettings settings, @Nullable BusQueue deadLetters) {
    this.name = name;
    this.settings = settings;
    this.deadLetters = deadLetters;
    this.sessions = new Sessions();
    this.duplicates = new DuplicateHistory(settings.duplicateWindow());
  }

  void add(QueuedMessage message, long now) {
    messages.put(message.sequence, message);
    if (message.scheduledFor > now) {
      deadlines.add(new Deadline(message.scheduledFor, message.sequence));
    } else {
      ready.put(message.sequence, message);
    }
    if (message.expiresAt != QueuedMessage.NEVER) {
      deadlines.add(new Deadline(message.expiresAt, message.sequence));
    }
  }

  int size() {
    return messages.size();
  }

  long completed() {
    return completed;
  }

  Collection<QueuedMessage> all() {
    return messages.values();
  }

  Collection<QueuedMessage> from(long sequence) {
    return messages.tailMap(sequence).values();
  }

  /** {@return the messages that wait to be received, oldest first} */
  Collection<QueuedMessage> ready() {
    return ready.values();
  }

  @Nullable
  QueuedMessage find(long sequence) {
    return messages.get(sequence);
  }

  @Nullable
  QueuedMessage lockedBy(@Nullable UUID token) {
    return token == null ? null : locked.get(token);
  }

  /** {@return the oldest message that waits, of a session if one is given} */
  @Nullable
  QueuedMessage next(@Nullable String session) {
    if (session == null) {
      return ready.isEmpty() ? null : ready.firstEntry().getValue();
    }
    for (QueuedMessage message : ready.values()) {
      if (session.equals(message.session())) {
        return message;
      }
    }
    return null;
  }

  long lockEnd(long now) {
    return now + settings.lockDuration().toMillis();
  }

  UUID lock(QueuedMessage message, long until) {
    UUID token = UUID.randomUUID();
    ready.remove(message.sequence);
    message.lock = token;
    message.lockedUntil = until;
    locked.put(token, message);
    return token;
  }

  void renew(QueuedMessage message, long until) {
    UUID token = Objects.requireNonNull(message.lock);
    locked.remove(token);
    message.lockedUntil = until;
    locked.put(token, message);
  }

  private void unlock(QueuedMessage message) {
    if (message.lock != null) {
      locked.remove(message.lock);
      message.lock = null;
    }
  }

  void complete(QueuedMessage message) {
    remove(message);
    completed++;
  }

  void remove(QueuedMessage message) {
    unlock(message);
    messages.remove(message.sequence);
    ready.remove(message.sequence);
  }

  /** Takes a message back from its receiver without counting the attempt. */
  void release(QueuedMessage message) {
    unlock(message);
    if (!message.deferred) {
      ready.put(message.sequence, message);
    }
  }

  /** Takes a message back from its receiver; at its last attempt it becomes a dead letter. */
  void abandon(QueuedMessage message) {
    release(message);
    message.deliveryCount++;
    if (deadLetters != null && message.deliveryCount >= settings.maxDeliveryCount()) {
      deadLetter(
          message,
          "MaxDeliveryCountExceeded",
          "Message could not be consumed after " + settings.maxDeliveryCount()
              + " delivery attempts.");
    }
  }

  void defer(QueuedMessage message) {
    unlock(message);
    message.deferred = true;
  }

  void deadLetter(QueuedMessage message, @Nullable String reason, @Nullable String description) {
    remove(message);
    if (deadLetters == null) {
      return;
    }
    Map<String, Object> why = new LinkedHashMap<>();
    if (reason != null) {
      why.put("DeadLetterReason", reason);
    }
    if (description != null) {
      why.put("DeadLetterErrorDescription", description);
    }
    AmqpMessages.addProperties(message.content, why);
    message.deferred = false;
    message.scheduledFor = 0;
    message.expiresAt = QueuedMessage.NEVER;
    deadLetters.add(message, message.enqueuedAt);
  }

  /** Takes all messages of a session back from whoever had it. */
  void abandonSession(String session) {
    heldIn(session).forEach(this::abandon);
  }

  void releaseSession(String session) {
    heldIn(session).forEach(this::release);
  }

  List<QueuedMessage> heldIn(String session) {
    return locked.values().stream()
        .filter(message -> session.equals(message.session()))
        .toList();
  }

  /** Ends all locks at once, as a broker does that lost them. */
  void loseLocks() {
    new ArrayList<>(locked.values()).forEach(this::abandon);
  }

  /** Does what was due by now. */
  void passTime(long now) {
    // The locks of a session's messages end with that of the session.
    while (!settings.sessions() && !locked.isEmpty()) {
      QueuedMessage oldest = locked.values().iterator().next();
      if (oldest.lockedUntil > now) {
        break;
      }
      abandon(oldest);
      review(oldest, now);
    }
    while (!deadlines.isEmpty() && deadlines.peek().at() <= now) {
      QueuedMessage message = messages.get(deadlines.remove().sequence());
      if (message != null) {
        review(message, now);
      }
    }
  }

  private void review(QueuedMessage message, long now) {
    if (message.lock != null || message.deferred || !messages.containsKey(message.sequence)) {
      return;
    }
    if (message.expiresAt <= now) {
      deadLetter(message, "TTLExpiredException", "The message expired and was dead lettered.");
    } else if (message.scheduledFor <= now) {
      ready.put(message.sequence, message);
    }
  }
}
