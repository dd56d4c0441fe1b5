package dev.landfall.emulator.servicebus;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.Modified;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.amqp.messaging.Released;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;
import org.apache.qpid.proton.engine.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * Does what receivers decide about their messages.
 *
 * <p>Accepted completes, modified abandons or, as undeliverable here, defers, rejected makes a dead
 * letter; what a modified one calls annotations are application properties. The answer repeats the
 * state, or the client waits until its patience ends.
 */
final class Settlements {

  static final String LOCK_LOST = "com.microsoft:message-lock-lost";
  static final String LOCK_LOST_TEXT =
      "The lock supplied is invalid. Either the lock expired, or the message has already been"
          + " removed from the queue.";

  private final FaultPlan faults;

  Settlements(FaultPlan faults) {
    this.faults = faults;
  }

  void settle(ClientConnection connection, BusQueue queue, Delivery delivery) {
    DeliveryState decision = delivery.getRemoteState();
    if (decision == null) {
      if (delivery.remotelySettled()) {
        delivery.settle();
      }
      return;
    }
    faults.reach(FaultPlan.Moment.SETTLEMENT, Address.key(queue.name));
    if (connection.isCut() || faults.ignoresSettlements()) {
      return;
    }
    QueuedMessage message = queue.lockedBy(LockTokens.ofTag(delivery.getTag()));
    if (message == null) {
      Rejected lost = new Rejected();
      lost.setError(Links.error(LOCK_LOST, LOCK_LOST_TEXT));
      delivery.disposition(lost);
    } else {
      apply(queue, message, decision);
      delivery.disposition(decision);
    }
    delivery.settle();
  }

  private static void apply(BusQueue queue, QueuedMessage message, DeliveryState decision) {
    if (decision instanceof Accepted) {
      queue.complete(message);
    } else if (decision instanceof Released) {
      queue.release(message);
    } else if (decision instanceof Modified modified) {
      AmqpMessages.addProperties(message.content, texts(modified.getMessageAnnotations()));
      if (Boolean.TRUE.equals(modified.getUndeliverableHere())) {
        queue.defer(message);
      } else {
        queue.abandon(message);
      }
    } else if (decision instanceof Rejected rejected) {
      reject(queue, message, rejected.getError());
    }
  }

  private static void reject(
      BusQueue queue, QueuedMessage message, @Nullable ErrorCondition error) {
    Map<String, Object> info = texts(error == null ? null : error.getInfo());
    Object reason = info.remove("DeadLetterReason");
    Object description = info.remove("DeadLetterErrorDescription");
    AmqpMessages.addProperties(message.content, info);
    queue.deadLetter(message, text(reason), text(description));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static Map<String, Object> texts(@Nullable Map<?, ?> symbols) {
    Map<String, Object> texts = new LinkedHashMap<>();
    if (symbols != null) {
      symbols.forEach((name, value) -> texts.put(name.toString(), value));
    }
    return texts;
  }
}
