package dev.landfall.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which landing a listener hears of, and when.
 *
 * @param landing the landing as it was claimed, or as it is recorded
 * @param at the time of the step
 */
public record Step(Landing landing, Instant at) {

  /** {@return which landing} */
  public LandingId id() {
    return landing.id();
  }

  /** {@return the time since the ledger first heard of it} */
  public Duration age() {
    return Duration.between(landing.recordedAt(), at);
  }

  /** {@return how long its link still lives, negative if it is dead; empty if nobody knows} */
  public Optional<Duration> linkLeft() {
    return landing.linkExpiry().map(expiry -> Duration.between(at, expiry));
  }

  /** {@return its id; a landing's body is never printed} */
  @Override
  public String toString() {
    return landing.id() + " at " + at;
  }
}
