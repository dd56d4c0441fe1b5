package dev.landfall.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;

/**
 * The records of a file as delimited text in UTF-8 that everybody reads alike: no byte order mark,
 * no header, each record as wide as there are names, each field either without any quote or within
 * quotes as RFC 4180 has them, lines ended alike, and nothing beyond the limits of its format. An
 * empty field is empty text, within quotes or not; whoever passes it to a database says so there.
 *
 * <p>That is found out while {@link #read} goes on. What is not so plain throws
 * {@link NotPlainException}: whoever has passed on what came before takes it back, and reads the
 * records one by one.
 */
public abstract class PlainText extends InputStream {

  /** For the formats of this package. */
  PlainText() {}

  /** {@return what stands between two fields, an ASCII character} */
  public abstract char delimiter();

  /** {@return what fields may be enclosed in, an ASCII character} */
  public abstract char qualifier();

  /** {@return the records so far; all of them once the end is read} */
  public abstract long records();

  @Override
  public abstract int read(byte[] target, int offset, int length) throws IOException;

  /** The text is not plain, which does not mean that it is bad. */
  public static final class NotPlainException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    NotPlainException(String message) {
      super(message);
    }
  }
}
