package dev.landfall.spi;

import dev.landfall.event.RawEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What needs a person: a landing that cannot go on, or a delivery or part of one that is no event.
 *
 * @param landingId which landing; null if the delivery could not be read
 * @param failure why
 * @param attempts how many times it was tried
 * @param body the original bytes
 */
public record DeadLetter(
    @Nullable LandingId landingId, Failure failure, int attempts, RawEvent body) {

  /** {@return which landing; empty if the delivery could not be read} */
  public Optional<LandingId> landing() {
    return Optional.ofNullable(landingId);
  }
}
