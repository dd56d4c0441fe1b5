package dev.landfall.file;

import dev.landfall.event.LandfallException;
import dev.landfall.event.Reason;
import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A file cannot be found or fetched. */
public final class FetchException extends LandfallException {

  @Serial
  private static final long serialVersionUID = 1;

  private final Duration retryAfter;

  private FetchException(
      Reason reason,
      boolean retryable,
      String message,
      @Nullable Throwable cause,
      Duration retryAfter) {
    super(reason, retryable, message, cause);
    this.retryAfter = retryAfter;
  }

  /**
   * {@return a failure that no further try can mend}
   *
   * @param reason what went wrong, by name
   * @param message the rule, the value and the way out; never the query of a link
   */
  public static FetchException permanent(Reason reason, String message) {
    return new FetchException(reason, false, message, null, Duration.ZERO);
  }

  /**
   * {@return a failure that may be gone at the next try}
   *
   * @param reason what went wrong, by name
   * @param message the rule, the value and the way out; never the query of a link
   * @param cause what led to it, or null; free of secrets
   */
  public static FetchException passing(Reason reason, String message, @Nullable Throwable cause) {
    return new FetchException(reason, true, message, cause, Duration.ZERO);
  }

  /**
   * {@return this failure, which asks to be left alone for a while}
   *
   * @param wait how long must pass before the next try, within the maximum age of the retry policy
   */
  public FetchException askingFor(Duration wait) {
    FetchException patient =
        new FetchException(reason(), retryable(), getMessage(), getCause(), wait);
    patient.setStackTrace(getStackTrace());
    return patient;
  }

  @Override
  public Duration retryAfter() {
    return retryAfter;
  }
}
