package dev.landfall.emulator.servicebus;

import java.util.UUID;
import org.apache.qpid.proton.message.Message;
import org.jspecify.annotations.Nullable;

/** A message in a queue with all that changes about it; times are milliseconds of the epoch. */
final class QueuedMessage {

  static final long NEVER = Long.MAX_VALUE;

  final long sequence;
  final Message content;
  final long enqueuedAt;
  long scheduledFor;
  long expiresAt;
  int deliveryCount;
  boolean deferred;
  long lockedUntil;

  @Nullable
  UUID lock;

  QueuedMessage(long sequence, Message content, long now) {
    this.sequence = sequence;
    this.content = content;
    this.enqueuedAt = now;
    this.scheduledFor = AmqpMessages.scheduledFor(content);
    long start = Math.max(now, scheduledFor);
    this.expiresAt = content.getTtl() > 0 ? start + content.getTtl() : NEVER;
  }

  @Nullable
  String session() {
    return content.getGroupId();
  }

  BusMessage.State state(long now) {
    if (lock != null) {
      return BusMessage.State.LOCKED;
    }
    if (deferred) {
      return BusMessage.State.DEFERRED;
    }
    return scheduledFor > now ? BusMessage.State.SCHEDULED : BusMessage.State.ACTIVE;
  }
}
