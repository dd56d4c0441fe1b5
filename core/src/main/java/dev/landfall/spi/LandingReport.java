package dev.landfall.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that a ledger knows of a landing.
 *
 * @param landing the landing itself
 * @param state how far it is
 * @param due if it is pending, before when it is not tried or not taken over; null for at once
 * @param ended when it was stored, died or was discarded, whole milliseconds; null if it is pending
 * @param failure why it failed last; null if it did not, or was stored since
 * @param history the failed attempts that are kept, the oldest first
 * @param remark why a person discarded it; null if nobody did
 */
public record LandingReport(
    Landing landing,
    LandingState state,
    @Nullable Instant due,
    @Nullable Instant ended,
    @Nullable Failure failure,
    List<FailedAttempt> history,
    @Nullable String remark) {

  /**
   * Keeps its own copy of the history.
   *
   * @param landing the landing itself
   * @param state how far it is
   * @param due when it is tried next, or null
   * @param ended when it ended, or null
   * @param failure why it failed last, or null
   * @param history copied
   * @param remark why it was discarded, or null
   */
  public LandingReport {
    history = List.copyOf(history);
  }

  /** {@return why it failed last} */
  public Optional<Failure> lastFailure() {
    return Optional.ofNullable(failure);
  }
}
