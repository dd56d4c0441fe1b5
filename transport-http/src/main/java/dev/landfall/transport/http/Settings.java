package dev.landfall.transport.http;

import java.time.Clock;
import java.time.Duration;

/** What the user of a webhook decided. */
record Settings(
    String host,
    int port,
    String path,
    SharedSecrets secrets,
    int bodyLimit,
    Duration answerWithin,
    Duration requestDeadline,
    int maxConcurrentRequests,
    Clock clock) {

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** {@return a time limit, if it is one that a webhook can keep} */
  static Duration checked(Duration limit) {
    if (limit.compareTo(SHORTEST) < 0 || limit.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "A time limit of a webhook is 1 ms to 1 hour, not %s.".formatted(limit));
    }
    return limit;
  }
}
