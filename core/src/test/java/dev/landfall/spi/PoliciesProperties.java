package dev.landfall.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** How long is waited between tries. */
class PoliciesProperties {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final RetryPolicy POLICY = RetryPolicy.upTo(Duration.ofDays(2));

  @Property(tries = 1000)
  void aWaitIsWithinItsBoundAndAtLeastWhatIsAskedFor(
      @ForAll @IntRange(min = 1, max = 1_000_000) int attempts,
      @ForAll @LongRange(min = 0, max = 600) long asked,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double chance) {
    Duration atLeast = Duration.ofSeconds(asked);
    Instant next = POLICY.nextTry(attempts, NOON, NOON, atLeast, chance).orElseThrow();
    Duration wait = Duration.between(NOON, next);
    assertFalse(wait.compareTo(atLeast) < 0, wait + " although " + atLeast + " was asked for");
    double doubled = 2000 * Math.pow(2, Math.min(attempts - 1, 30));
    double bound = Math.max(asked * 1000.0, Math.min(300_000, doubled));
    assertFalse(wait.toMillis() > bound, wait + " is more than " + bound + " ms");
  }

  @Example
  void theBoundDoublesUntilTheLongest() {
    double nearlyOne = Math.nextDown(1.0);
    long[] bounds = {1_999, 3_999, 7_999, 15_999, 31_999, 63_999, 127_999, 255_999, 299_999, 299_999
    };
    for (int attempt = 1; attempt <= bounds.length; attempt++) {
      assertEquals(
          Optional.of(NOON.plusMillis(bounds[attempt - 1])),
          POLICY.nextTry(attempt, NOON, NOON, Duration.ZERO, nearlyOne));
    }
  }

  @Example
  void beyondTheMaximumAgeThereIsNoTry() {
    Instant last = NOON.plus(Duration.ofDays(2));
    assertEquals(Optional.of(last), POLICY.nextTry(1, NOON, last, Duration.ZERO, 0));
    assertEquals(Optional.empty(), POLICY.nextTry(1, NOON, last.plusMillis(1), Duration.ZERO, 0));
    assertEquals(
        Optional.empty(), POLICY.nextTry(1, NOON, last.minusSeconds(1), Duration.ofSeconds(2), 0));
  }

  @Example
  void impossiblePoliciesAreRefused() {
    Duration second = Duration.ofSeconds(1);
    assertThrows(IllegalArgumentException.class, () -> RetryPolicy.upTo(Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class, () -> POLICY.backingOff(second, second.minusMillis(1)));
    assertThrows(IllegalArgumentException.class, () -> CircuitPolicy.after(0));
    assertThrows(
        IllegalArgumentException.class,
        () -> CircuitPolicy.after(1).pausing(Duration.ZERO, second));
    assertThrows(
        IllegalArgumentException.class,
        () -> CircuitPolicy.after(1).pausing(second, second.minusMillis(1)));
  }
}
