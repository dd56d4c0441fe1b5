package dev.landfall.emulator.servicebus;

import java.util.Date;

/** Times as the codec has them. */
@SuppressWarnings("JavaUtilDate") // The only type that the codec takes for a timestamp.
final class AmqpTimes {

  private AmqpTimes() {}

  static Date of(long millis) {
    return new Date(millis);
  }

  static long millis(Date time) {
    return time.getTime();
  }
}
