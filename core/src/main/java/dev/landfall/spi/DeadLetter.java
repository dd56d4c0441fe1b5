package dev.landfall.spi;

import dev.landfall.event.RawEvent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What needs a person: a landing that cannot go on, or a delivery or part of one that is no event.
 *
 * @param landingId which landing; null if the delivery could not be read
 * @param failure why
 * @param attempts how many times it was tried
 * @param history the failed attempts that are kept, the oldest first; the last is why
 * @param body the original bytes
 */
public record DeadLetter(
    @Nullable LandingId landingId,
    Failure failure,
    int attempts,
    List<FailedAttempt> history,
    RawEvent body) {

  /**
   * Keeps its own copy of the history.
   *
   * @param landingId which landing, or null
   * @param failure why
   * @param attempts how many times it was tried
   * @param history copied
   * @param body the original bytes
   */
  public DeadLetter {
    history = List.copyOf(history);
  }

  /** {@return which landing; empty if the delivery could not be read} */
  public Optional<LandingId> landing() {
    return Optional.ofNullable(landingId);
  }
}
