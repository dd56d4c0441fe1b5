package dev.landfall.sink.jdbc;

import java.io.Serial;

/** A value does not fit where it should go; the message says why, as a clause. */
final class UnfitException extends Exception {

  @Serial
  private static final long serialVersionUID = 1;

  private static final int SHOWN = 40;

  UnfitException(String message) {
    // There may be one for each record of a file, and nobody looks at where it was made.
    super(message, null, false, false);
  }

  /**
   * {@return what is wrong with a value}
   *
   * @param expected such as "a whole number was expected"
   * @param value shortened
   */
  static UnfitException of(String expected, String value) {
    String shown = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "...";
    return new UnfitException(expected + ", and '" + shown + "' is none");
  }

  UnfitException in(String column) {
    return new UnfitException("column " + column + ": " + getMessage());
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
