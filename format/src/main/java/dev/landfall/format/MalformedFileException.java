package dev.landfall.format;

import dev.landfall.event.LandfallException;
import dev.landfall.event.Reason;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A file breaks a rule of its format; reading it again never helps. */
public final class MalformedFileException extends LandfallException {

  @Serial
  private static final long serialVersionUID = 1;

  private final long line;

  /**
   * Creates the exception.
   *
   * @param line where the offending record begins in the file, from 1; the message begins with it
   * @param message the place within the record, what was expected there, and the way out
   * @param cause what led to it, or null
   */
  public MalformedFileException(long line, String message, @Nullable Throwable cause) {
    super(Reason.MALFORMED_FILE, false, "Line %d%s".formatted(line, message), cause);
    this.line = line;
  }

  /**
   * Creates the exception for a file that has no lines, such as a zip.
   *
   * @param message the place within the file, what was expected there, and the way out
   * @param cause what led to it, or null
   */
  public MalformedFileException(String message, @Nullable Throwable cause) {
    super(Reason.MALFORMED_FILE, false, message, cause);
    this.line = 0;
  }

  /** {@return the line on which the offending record begins, from 1; 0 if the file has no lines} */
  public long line() {
    return line;
  }
}
