package dev.landfall.spi;

import dev.landfall.event.LandfallException;
import dev.landfall.event.Reason;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The ledger cannot be read or written now; what was not confirmed is not recorded. */
public final class LedgerException extends LandfallException {

  @Serial
  private static final long serialVersionUID = 1;

  private LedgerException(Reason reason, String message, @Nullable Throwable cause) {
    super(reason, true, message, cause);
  }

  /**
   * {@return the ledger cannot be read or written}
   *
   * @param message what was tried and the way out; free of secrets
   * @param cause what led to it, or null
   */
  public static LedgerException unavailable(String message, @Nullable Throwable cause) {
    return new LedgerException(Reason.LEDGER_UNAVAILABLE, message, cause);
  }

  /**
   * {@return the ledger has more to write than it may hold}
   *
   * @param message the bound and how much is waiting
   */
  public static LedgerException overloaded(String message) {
    return new LedgerException(Reason.OVERLOADED, message, null);
  }
}
