package dev.landfall.spi;

import dev.landfall.event.LandfallException;
import dev.landfall.event.Reason;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A sink cannot store a file. */
public final class SinkException extends LandfallException {

  @Serial
  private static final long serialVersionUID = 1;

  private SinkException(
      Reason reason, boolean retryable, String message, @Nullable Throwable cause) {
    super(reason, retryable, message, cause);
  }

  /**
   * {@return the sink will never take this file as it is}
   *
   * @param message the rule, the value and the way out; free of secrets
   * @param cause what led to it, or null; free of secrets
   */
  public static SinkException rejected(String message, @Nullable Throwable cause) {
    return new SinkException(Reason.SINK_REJECTED, false, message, cause);
  }

  /**
   * {@return the sink cannot be reached or is busy; trying again can help}
   *
   * @param message what was tried; free of secrets
   * @param cause what led to it, or null; free of secrets
   */
  public static SinkException unavailable(String message, @Nullable Throwable cause) {
    return new SinkException(Reason.SINK_UNAVAILABLE, true, message, cause);
  }
}
