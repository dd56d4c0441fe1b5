package dev.landfall.format;

import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What delimited text looks like, as far as its user has fixed it.
 *
 * @param delimiter or {@link #FOUND}
 * @param qualifier or {@link #NONE}
 * @param charset null to find it
 * @param names empty if the first row has them
 */
record TextShape(char delimiter, char qualifier, @Nullable Charset charset, List<String> names) {

  /** The delimiter is found by content; NUL is none. */
  static final char FOUND = 0;

  /** There is no qualifier; NUL is none. */
  static final char NONE = 0;

  TextShape {
    if (delimiter == qualifier && delimiter != FOUND) {
      throw new IllegalArgumentException(
          "Delimiter and qualifier differ; both are U+%04X. Change the other one first."
              .formatted((int) delimiter));
    }
  }

  /** Refuses what can be neither, at once. */
  static void check(String role, char character) {
    boolean lineBreak = character == '\r' || character == '\n';
    if (lineBreak || character == 0 || Character.isSurrogate(character)) {
      throw new IllegalArgumentException(
          ("A %s is one character such as a comma or a double quote, and no line break, NUL or half"
                  + " of a character; this one is U+%04X.")
              .formatted(role, (int) character));
    }
  }
}
