package dev.landfall.spi;

import dev.landfall.event.LandfallException;
import dev.landfall.event.Reason;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The ledger cannot be read or written now; what was not confirmed is not recorded. */
public final class LedgerException extends LandfallException {

  @Serial
  private static final long serialVersionUID = 1;

  /**
   * Creates the exception.
   *
   * @param message what was tried and the way out; free of secrets
   * @param cause what led to it, or null
   */
  public LedgerException(String message, @Nullable Throwable cause) {
    super(Reason.LEDGER_UNAVAILABLE, true, message, cause);
  }
}
