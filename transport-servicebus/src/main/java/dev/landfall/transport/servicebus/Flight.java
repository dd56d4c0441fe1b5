package dev.landfall.transport.servicebus;

import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/** A message from when it is taken until it is settled. */
final class Flight {

  private final ServiceBusReceivedMessage message;
  private long renewedAt;
  private boolean lockLost;
  private @Nullable ScheduledFuture<?> givingBack;

  Flight(ServiceBusReceivedMessage message, long now) {
    this.message = message;
    this.renewedAt = now;
  }

  ServiceBusReceivedMessage message() {
    return message;
  }

  /** {@return whether its lock is to be renewed now; that counts as done then} */
  synchronized boolean startsRenewal(long now, long every) {
    if (lockLost || now - renewedAt < every) {
      return false;
    }
    renewedAt = now;
    return true;
  }

  /** Somebody else may get it now; it is not to be settled here any more. */
  synchronized void loseLock() {
    lockLost = true;
  }

  synchronized boolean hasLostLock() {
    return lockLost;
  }

  synchronized void givenBackBy(@Nullable ScheduledFuture<?> later) {
    givingBack = later;
  }

  /** {@return whether it waited to be given back, which the caller has to do now} */
  synchronized boolean stopWaiting() {
    return givingBack != null && givingBack.cancel(false);
  }
}
