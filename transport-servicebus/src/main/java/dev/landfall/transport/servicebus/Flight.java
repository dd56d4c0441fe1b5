package dev.landfall.transport.servicebus;

import com.azure.messaging.servicebus.ServiceBusReceivedMessage;

/** A message from when it is taken until it is settled. */
final class Flight {

  private final ServiceBusReceivedMessage message;
  private long renewedAt;
  private boolean lockLost;

  Flight(ServiceBusReceivedMessage message, long now) {
    this.message = message;
    this.renewedAt = now;
  }

  ServiceBusReceivedMessage message() {
    return message;
  }

  /** {@return whether its lock is to be renewed now, which is then as good as done} */
  synchronized boolean isDue(long now, long every) {
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
}
