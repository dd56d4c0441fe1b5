package dev.landfall.engine;

import dev.landfall.event.LandfallException;
import dev.landfall.event.Reason;
import java.io.Serial;

/** What a user's part threw that is no exception of this library; trying again may help. */
final class ForeignException extends LandfallException {

  @Serial
  private static final long serialVersionUID = 1;

  ForeignException(Reason reason, String what, Throwable thrown) {
    super(reason, true, what + ": " + Redacted.text(thrown), Redacted.of(thrown));
  }
}
