package dev.landfall.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How often, how far apart and how long in all a landing is tried.
 *
 * <p>The wait before each try is drawn evenly between nothing and a bound that doubles with every
 * attempt ("full jitter"), so that landings that failed together do not come back together.
 *
 * @param maxAge how long after it was recorded or replayed a landing is still tried
 * @param firstDelay bound of the wait after the first attempt
 * @param longestDelay bound of every wait
 */
public record RetryPolicy(Duration maxAge, Duration firstDelay, Duration longestDelay) {

  /**
   * Checks the durations.
   *
   * @param maxAge how long after it was recorded or replayed a landing is still tried
   * @param firstDelay bound of the wait after the first attempt
   * @param longestDelay bound of every wait
   * @throws IllegalArgumentException if one is not positive, or the first delay is longer than the
   *     longest
   */
  public RetryPolicy {
    requirePositive("maxAge", maxAge);
    requirePositive("firstDelay", firstDelay);
    requirePositive("longestDelay", longestDelay);
    if (firstDelay.compareTo(longestDelay) > 0) {
      throw new IllegalArgumentException(
          "The first delay is at most the longest; %s is more than %s."
              .formatted(firstDelay, longestDelay));
    }
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(
          "%s of a retry policy is positive, not %s.".formatted(name, duration));
    }
  }

  /**
   * {@return a policy that tries for so long, backing off from 2 seconds to 5 minutes}
   *
   * @param maxAge how long after it was recorded or replayed a landing is still tried
   */
  public static RetryPolicy upTo(Duration maxAge) {
    return new RetryPolicy(maxAge, Duration.ofSeconds(2), Duration.ofMinutes(5));
  }

  /**
   * {@return this policy with other waits}
   *
   * @param first bound of the wait after the first attempt
   * @param longest bound of every wait
   */
  public RetryPolicy backingOff(Duration first, Duration longest) {
    return new RetryPolicy(maxAge, first, longest);
  }

  /**
   * Tells when to try again.
   *
   * @param attempts how many have failed, at least 1
   * @param since when the landing was recorded, or last replayed
   * @param now the time
   * @param atLeast what must pass in any case, such as a storage's {@code Retry-After}
   * @param chance evenly drawn from 0 (inclusive) to 1 (exclusive)
   * @return the time of the next try; empty if it would come after the maximum age
   */
  public Optional<Instant> nextTry(
      int attempts, Instant since, Instant now, Duration atLeast, double chance) {
    long bound = firstDelay.toMillis();
    for (int doubled = 1; doubled < attempts && bound < longestDelay.toMillis(); doubled++) {
      bound *= 2;
    }
    bound = Math.min(bound, longestDelay.toMillis());
    Duration wait = Duration.ofMillis((long) (bound * chance));
    Instant next = now.plus(wait.compareTo(atLeast) < 0 ? atLeast : wait);
    return next.isAfter(since.plus(maxAge)) ? Optional.empty() : Optional.of(next);
  }
}
