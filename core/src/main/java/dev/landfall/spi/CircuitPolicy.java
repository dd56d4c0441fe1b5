package dev.landfall.spi;

import java.time.Duration;

/**
 * When a sink that fails is left alone, so that a dead database is not hammered.
 *
 * <p>After so many failures in a row that another try could mend, the sink gets nothing for a
 * pause, then one file. If that is stored, all goes on; if not, the next pause is twice as long.
 * Meanwhile files go on being fetched before their links die, and wait in the spool.
 *
 * @param failures how many in a row; at least 1
 * @param firstPause how long the first pause is
 * @param longestPause how long a pause is at most
 */
public record CircuitPolicy(int failures, Duration firstPause, Duration longestPause) {

  /**
   * Checks the numbers.
   *
   * @param failures how many in a row
   * @param firstPause how long the first pause is
   * @param longestPause how long a pause is at most
   * @throws IllegalArgumentException if there is no failure or no pause, or the first pause is
   *     longer than the longest
   */
  public CircuitPolicy {
    if (failures < 1) {
      throw new IllegalArgumentException(
          "A sink is left alone after at least 1 failure, not %d.".formatted(failures));
    }
    if (firstPause.isZero() || firstPause.isNegative()) {
      throw new IllegalArgumentException(
          "A sink is left alone for a positive time, not %s.".formatted(firstPause));
    }
    if (firstPause.compareTo(longestPause) > 0) {
      throw new IllegalArgumentException(
          "The first pause is at most the longest; %s is more than %s."
              .formatted(firstPause, longestPause));
    }
  }

  /**
   * {@return a policy that pauses after so many failures, from 1 second to 1 minute}
   *
   * @param failures how many in a row; at least 1
   */
  public static CircuitPolicy after(int failures) {
    return new CircuitPolicy(failures, Duration.ofSeconds(1), Duration.ofMinutes(1));
  }

  /**
   * {@return this policy with other pauses}
   *
   * @param first how long the first pause is
   * @param longest how long a pause is at most
   */
  public CircuitPolicy pausing(Duration first, Duration longest) {
    return new CircuitPolicy(failures, first, longest);
  }
}
