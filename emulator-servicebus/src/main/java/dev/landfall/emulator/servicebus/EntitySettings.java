package dev.landfall.emulator.servicebus;

import java.time.Duration;

/**
 * How a queue, a topic or a subscription behaves; a topic heeds only the search for duplicates.
 *
 * @param lockDuration how long a message that was handed out, or a session, belongs to its receiver
 * @param maxDeliveryCount how often a message is handed out before it becomes a dead letter
 * @param sessions whether messages are received by session only
 * @param duplicateWindow how long a message id is remembered, and a second message with it
 *     swallowed; zero does not look
 */
public record EntitySettings(
    Duration lockDuration, int maxDeliveryCount, boolean sessions, Duration duplicateWindow) {

  /**
   * What Azure sets up: locks of a minute, ten deliveries, no sessions, no search for duplicates.
   */
  public static final EntitySettings DEFAULT =
      new EntitySettings(Duration.ofMinutes(1), 10, false, Duration.ZERO);

  /**
   * Checks that the values make sense together.
   *
   * @param lockDuration more than zero
   * @param maxDeliveryCount at least 1
   * @param sessions either way
   * @param duplicateWindow zero or more
   * @throws IllegalArgumentException if a lock does not last, nothing may be delivered, or a window
   *     is negative
   */
  public EntitySettings {
    if (lockDuration.isNegative() || lockDuration.isZero()) {
      throw new IllegalArgumentException(
          "A lock lasts for some time, not for " + lockDuration + "; Azure allows 5 s to 5 min.");
    }
    if (maxDeliveryCount < 1) {
      throw new IllegalArgumentException(
          "A message is delivered at least once, not " + maxDeliveryCount + " times.");
    }
    if (duplicateWindow.isNegative()) {
      throw new IllegalArgumentException("A window for duplicates is not negative, as "
          + duplicateWindow + " is; Duration.ZERO looks for none.");
    }
  }

  /**
   * Sets how long a lock lasts.
   *
   * @param value more than zero
   * @return such settings
   */
  public EntitySettings withLockDuration(Duration value) {
    return new EntitySettings(value, maxDeliveryCount, sessions, duplicateWindow);
  }

  /**
   * Sets how often a message is handed out.
   *
   * @param value at least 1
   * @return such settings
   */
  public EntitySettings withMaxDeliveryCount(int value) {
    return new EntitySettings(lockDuration, value, sessions, duplicateWindow);
  }

  /**
   * Makes messages belong to sessions.
   *
   * @return such settings
   */
  public EntitySettings withSessions() {
    return new EntitySettings(lockDuration, maxDeliveryCount, true, duplicateWindow);
  }

  /**
   * Makes a second message with the same id vanish.
   *
   * @param window how long an id is remembered; Azure's default is 10 minutes
   * @return such settings
   */
  public EntitySettings withDuplicateDetection(Duration window) {
    return new EntitySettings(lockDuration, maxDeliveryCount, sessions, window);
  }
}
