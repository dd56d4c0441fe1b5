package dev.landfall.spi;

import dev.landfall.event.LandfallException;
import dev.landfall.event.Reason;
import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A sink cannot store a file. */
public final class SinkException extends LandfallException {

  @Serial
  private static final long serialVersionUID = 1;

  private final Duration retryAfter;

  private SinkException(
      Reason reason,
      boolean retryable,
      String message,
      @Nullable Throwable cause,
      Duration retryAfter) {
    super(reason, retryable, message, cause);
    this.retryAfter = retryAfter;
  }

  /**
   * {@return the sink will never take this file as it is}
   *
   * @param message the rule, the value and the way out; free of secrets
   * @param cause what led to it, or null; free of secrets
   */
  public static SinkException rejected(String message, @Nullable Throwable cause) {
    return new SinkException(Reason.SINK_REJECTED, false, message, cause, Duration.ZERO);
  }

  /**
   * {@return the sink cannot be reached or is busy; trying again can help}
   *
   * @param message what was tried; free of secrets
   * @param cause what led to it, or null; free of secrets
   */
  public static SinkException unavailable(String message, @Nullable Throwable cause) {
    return new SinkException(Reason.SINK_UNAVAILABLE, true, message, cause, Duration.ZERO);
  }

  /**
   * {@return this failure, which asks to be left alone for a while}
   *
   * @param wait how long must pass before the next try, within the maximum age of the retry policy
   */
  public SinkException askingFor(Duration wait) {
    SinkException patient =
        new SinkException(reason(), retryable(), getMessage(), getCause(), wait);
    patient.setStackTrace(getStackTrace());
    return patient;
  }

  @Override
  public Duration retryAfter() {
    return retryAfter;
  }
}
