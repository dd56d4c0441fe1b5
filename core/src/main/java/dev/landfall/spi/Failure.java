package dev.landfall.spi;

import dev.landfall.event.LandfallException;
import dev.landfall.event.Reason;
import java.time.Instant;

/**
 * Why an attempt failed, as the ledger keeps it and listeners hear it.
 *
 * @param reason by name
 * @param message the rule, the value and the way out; free of secrets
 * @param at when, whole milliseconds
 */
public record Failure(Reason reason, String message, Instant at) {

  /**
   * {@return the failure that an exception tells of}
   *
   * @param exception what was thrown
   * @param at when
   */
  public static Failure of(LandfallException exception, Instant at) {
    return new Failure(exception.reason(), exception.getMessage(), at);
  }
}
