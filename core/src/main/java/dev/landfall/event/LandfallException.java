package dev.landfall.event;

import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Base of all exceptions of this library: a named reason, and whether trying again can help.
 *
 * <p>Both are decided where the exception is thrown. A message gives the rule, the offending value
 * and the way out; it never holds the query of a link, which is a secret.
 */
public class LandfallException extends RuntimeException {

  @Serial
  private static final long serialVersionUID = 1;

  private final Reason reason;
  private final boolean retryable;

  /**
   * Creates an exception.
   *
   * @param reason what went wrong, by name
   * @param retryable whether the same thing can succeed later without anybody's help
   * @param message the rule, the value and the way out; without secrets
   * @param cause what led to it, or null; its messages must be free of secrets too
   */
  protected LandfallException(
      Reason reason, boolean retryable, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.retryable = retryable;
  }

  /** {@return what went wrong, by name} */
  public final Reason reason() {
    return reason;
  }

  /** {@return whether the same thing can succeed later without anybody's help} */
  public final boolean retryable() {
    return retryable;
  }

  /**
   * {@return how long must pass before another try, as whoever failed asks for; zero if it does not
   * ask}
   */
  public Duration retryAfter() {
    return Duration.ZERO;
  }

  /** {@return the message, which every exception of this library has} */
  @Override
  public final String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
