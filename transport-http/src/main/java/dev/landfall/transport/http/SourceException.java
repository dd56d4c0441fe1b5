package dev.landfall.transport.http;

import dev.landfall.event.LandfallException;
import dev.landfall.event.Reason;
import java.io.Serial;

/** A source cannot begin to take deliveries; somebody has to look. */
public final class SourceException extends LandfallException {

  @Serial
  private static final long serialVersionUID = 1;

  SourceException(String message, Throwable cause) {
    super(Reason.SOURCE_UNAVAILABLE, false, message, cause);
  }
}
