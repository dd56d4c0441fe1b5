package dev.landfall.sink.s3;

import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;

/** The local disk, not the server, is what failed in the middle of a request. */
final class UnreadFileException extends UncheckedIOException {

  @Serial
  private static final long serialVersionUID = 1;

  UnreadFileException(IOException cause) {
    super("The local disk cannot be read.", cause);
  }
}
