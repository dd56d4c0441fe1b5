package dev.landfall.emulator;

import java.time.Duration;

/**
 * How hard F&amp;O tries to deliver an event.
 *
 * @param timeout how long one try may take
 * @param retries how many tries follow the first
 * @param pause between two tries
 */
record DeliveryRule(Duration timeout, int retries, Duration pause) {

  /** What F&amp;O does unless somebody changes its parameters. */
  static final DeliveryRule DEFAULT =
      new DeliveryRule(Duration.ofSeconds(10), 3, Duration.ofSeconds(1));
}
