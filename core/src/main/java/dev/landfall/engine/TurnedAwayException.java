package dev.landfall.engine;

import dev.landfall.event.LandfallException;
import dev.landfall.event.Reason;
import java.io.Serial;

/** A delivery that is not let in now. */
final class TurnedAwayException extends LandfallException {

  @Serial
  private static final long serialVersionUID = 1;

  TurnedAwayException(Reason reason, String message) {
    super(reason, true, message, null);
  }
}
