package dev.landfall.transport.servicebus;

import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.models.SubQueue;
import dev.landfall.spi.Disposition.Verdict;
import dev.landfall.spi.Receiver;
import dev.landfall.transport.servicebus.ServiceBusSource.Replayed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands messages of the dead-letter queue to the receiver once more, and removes those that it
 * takes. They are not sent again: a topic would give them to all of its subscriptions.
 */
final class DeadLetters {

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
  private static final int AT_ONCE = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Entity entity;
  private final Receiver receiver;
  private final Settings settings;
  private final Set<ServiceBusReceivedMessage> held = ConcurrentHashMap.newKeySet();
  private long last = -1;
  private int taken;
  private int refused;
  private int left;

  DeadLetters(Entity entity, Receiver receiver, Settings settings) {
    this.entity = entity;
    this.receiver = receiver;
    this.settings = settings;
  }

  /** A message that is not taken stays locked until the end, so that it does not come again. */
  Replayed replay(Predicate<DeadMessage> wanted, int most) throws InterruptedException {
    try (ServiceBusReceiverClient dead =
        entity.receiver(0).subQueue(SubQueue.DEAD_LETTER_QUEUE).buildClient()) {
      // A thread of its own, as these calls block.
      try (Clockwork renewing = new Clockwork("landfall-servicebus-replay")) {
        var unused = renewing.every(
            settings.renewEvery(),
            () -> held.forEach(message -> attempt("renew", () -> dead.renewMessageLock(message))));
        offerAll(dead, wanted, most);
      } finally {
        held.forEach(message -> attempt("give back", () -> dead.abandon(message)));
      }
    }
    return new Replayed(taken, refused, left);
  }

  private void offerAll(ServiceBusReceiverClient dead, Predicate<DeadMessage> wanted, int most)
      throws InterruptedException {
    for (int more = unseen(dead); more > 0 && taken + refused < most; more = unseen(dead)) {
      List<ServiceBusReceivedMessage> some =
          dead.receiveMessages(Math.min(more, most - taken - refused), PATIENCE).stream()
              .toList();
      if (some.isEmpty()) {
        return;
      }
      held.addAll(some);
      for (ServiceBusReceivedMessage message : some) {
        last = Math.max(last, message.getSequenceNumber());
        offer(dead, message, wanted);
      }
    }
  }

  /**
   * No more are asked for than there are: what is given back would come to whoever still waits for
   * more, which is this very receiver.
   */
  private int unseen(ServiceBusReceiverClient dead) {
    return (int) dead.peekMessages(AT_ONCE, last + 1).stream().count();
  }

  private void offer(
      ServiceBusReceiverClient dead,
      ServiceBusReceivedMessage message,
      Predicate<DeadMessage> wanted)
      throws InterruptedException {
    if (!wanted.test(dead(message))) {
      left++;
    } else if (isTaken(message)) {
      taken++;
      held.remove(message);
      attempt("complete", () -> dead.complete(message));
    } else {
      refused++;
    }
  }

  private boolean isTaken(ServiceBusReceivedMessage message) throws InterruptedException {
    try {
      return receiver
              .receive(Messages.delivery(entity.toString(), settings.clock().instant(), message))
              .toCompletableFuture()
              .get()
              .verdict()
          == Verdict.ACCEPTED;
    } catch (ExecutionException | RuntimeException broken) {
      LOG.error("{}: a dead letter could not be handed over.", entity, broken);
      return false;
    }
  }

  /** What fails here leaves the message a dead letter, and the ledger knows what it took. */
  private void attempt(String what, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException failure) {
      LOG.warn("{}: the broker did not {} a dead letter.", entity, what, failure);
    }
  }

  private static DeadMessage dead(ServiceBusReceivedMessage message) {
    return new DeadMessage(
        message.getSequenceNumber(),
        Objects.requireNonNullElse(message.getDeadLetterReason(), ""),
        Objects.requireNonNullElse(message.getDeadLetterErrorDescription(), ""),
        message.getEnqueuedTime() == null
            ? Instant.EPOCH
            : message.getEnqueuedTime().toInstant(),
        message.getDeliveryCount(),
        Messages.body(message),
        Messages.headers(message));
  }
}
