package dev.landfall.spi;

import dev.landfall.event.LandfallException;
import dev.landfall.event.Reason;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A source cannot begin to take deliveries; a person has to change something. */
public final class SourceException extends LandfallException {

  @Serial
  private static final long serialVersionUID = 1;

  /**
   * Creates the exception.
   *
   * @param message the rule, the value and the way out; free of secrets
   * @param cause what led to it, or null
   */
  public SourceException(String message, @Nullable Throwable cause) {
    super(Reason.SOURCE_UNAVAILABLE, false, message, cause);
  }
}
