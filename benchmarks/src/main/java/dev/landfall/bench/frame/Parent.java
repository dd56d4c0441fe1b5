package dev.landfall.bench.frame;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The other end of a {@link Child}: what a class that runs as one says and hears. */
public final class Parent {

  private Parent() {}

  /**
   * Says a line, at once; for any thread.
   *
   * @param line without its end
   */
  public static void tell(String line) {
    System.out.println(line);
  }

  /**
   * Blocks until the parent wants no more or is gone.
   *
   * @throws IOException if the input cannot be read
   */
  public static void awaitEnd() throws IOException {
    try (InputStream input = System.in) {
      input.transferTo(OutputStream.nullOutputStream());
    }
  }
}
