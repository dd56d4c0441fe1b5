package dev.landfall.event;

import java.io.Serial;

/** Bytes or members that are not a business event; trying again never helps. */
public final class MalformedEventException extends LandfallException {

  @Serial
  private static final long serialVersionUID = 1;

  /**
   * Creates the exception.
   *
   * @param message the rule that is broken, where, and what was expected; no text of the event, as
   *     that may hold a signed link
   */
  public MalformedEventException(String message) {
    super(Reason.MALFORMED_EVENT, false, message, null);
  }
}
