package dev.landfall.transport.servicebus;

import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.models.SubQueue;
import dev.landfall.spi.Delivery;
import dev.landfall.spi.Disposition.Verdict;
import dev.landfall.spi.Receiver;
import dev.landfall.transport.servicebus.ServiceBusSource.Replayed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

/**
 * Hands messages of the dead-letter queue to the receiver once more, and removes those that it
 * takes. They are not sent again: a topic would give them to all of its subscriptions.
 */
final class DeadLetters {

  private static final int AT_ONCE = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final String source;
  private final Entity entity;
  private final Receiver receiver;
  private final Clock clock;
  private final List<ServiceBusReceivedMessage> left = new ArrayList<>();
  private long last = -1;
  private int taken;
  private int refused;

  DeadLetters(String source, Entity entity, Receiver receiver, Clock clock) {
    this.source = source;
    this.entity = entity;
    this.receiver = receiver;
    this.clock = clock;
  }

  /** A message that is not wanted stays locked until the end, so that it does not come again. */
  Replayed replay(Predicate<DeadMessage> wanted, int most) throws InterruptedException {
    try (ServiceBusReceiverClient dead =
        entity.receiver(0).subQueue(SubQueue.DEAD_LETTER_QUEUE).buildClient()) {
      try {
        for (int more = unseen(dead); more > 0 && taken + refused < most; more = unseen(dead)) {
          List<ServiceBusReceivedMessage> some =
              dead.receiveMessages(more, PATIENCE).stream().toList();
          for (ServiceBusReceivedMessage message : some) {
            last = Math.max(last, message.getSequenceNumber());
            offer(dead, message, taken + refused < most && wanted.test(dead(message)));
          }
          if (some.isEmpty()) {
            break;
          }
        }
      } finally {
        left.forEach(dead::abandon);
      }
    }
    return new Replayed(taken, refused, left.size() - refused);
  }

  /**
   * No more are asked for than there are: what is given back would come to whoever still waits for
   * more, which is this very receiver.
   */
  private int unseen(ServiceBusReceiverClient dead) {
    return (int) dead.peekMessages(AT_ONCE, last + 1).stream().count();
  }

  private void offer(
      ServiceBusReceiverClient dead, ServiceBusReceivedMessage message, boolean wanted)
      throws InterruptedException {
    if (wanted && isTaken(Messages.delivery(source, clock.instant(), message))) {
      dead.complete(message);
      taken++;
      return;
    }
    refused += wanted ? 1 : 0;
    left.add(message);
  }

  private boolean isTaken(Delivery delivery) throws InterruptedException {
    try {
      return receiver.receive(delivery).toCompletableFuture().get().verdict() == Verdict.ACCEPTED;
    } catch (ExecutionException | RuntimeException broken) {
      return false;
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
