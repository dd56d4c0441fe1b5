package dev.landfall.event;

import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bytes or members that are not a business event; trying again never helps. */
public final class MalformedEventException extends LandfallException {

  @Serial
  private static final long serialVersionUID = 1;

  private final transient @Nullable RawEvent raw;

  /**
   * Creates the exception for members that no bytes are known of.
   *
   * @param message the rule that is broken, where, and what was expected; no text of the event, as
   *     that may hold a signed link
   */
  public MalformedEventException(String message) {
    this(message, null);
  }

  /**
   * Creates the exception.
   *
   * @param message the rule that is broken, where, and what was expected; no text of the event, as
   *     that may hold a signed link
   * @param raw the bytes that are refused, or null if they are not known
   */
  public MalformedEventException(String message, @Nullable RawEvent raw) {
    super(Reason.MALFORMED_EVENT, false, message, null);
    this.raw = raw;
  }

  /** {@return the bytes that are refused, as far as they are known here} */
  public Optional<RawEvent> raw() {
    return Optional.ofNullable(raw);
  }
}
