package dev.landfall.engine;

import dev.landfall.event.Redaction;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A foreign exception as it may be logged: same places in the code, but links without their query.
 *
 * <p>Own exceptions never hold a signature; what sinks, handlers and drivers throw may.
 */
final class Redacted extends Exception {

  @Serial
  private static final long serialVersionUID = 1;

  private static final int DEEPEST_CAUSE = 8;

  private Redacted(String message, @Nullable Throwable cause, StackTraceElement[] places) {
    super(message, cause, false, true);
    setStackTrace(places);
  }

  static Redacted of(Throwable thrown) {
    return of(thrown, 0);
  }

  private static Redacted of(Throwable thrown, int depth) {
    Throwable cause = thrown.getCause();
    return new Redacted(
        text(thrown),
        cause == null || depth == DEEPEST_CAUSE ? null : of(cause, depth + 1),
        thrown.getStackTrace());
  }

  /** Its class and message without what a link keeps secret. */
  static String text(Throwable thrown) {
    String message = thrown.getMessage();
    String name = thrown.getClass().getName();
    return message == null ? name : name + ": " + Redaction.of(message);
  }
}
