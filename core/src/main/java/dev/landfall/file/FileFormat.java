package dev.landfall.file;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How a file's bytes are meant, told by the extension of its name.
 *
 * @param extension lower case, without the dot, 1 to 16 letters and digits; {@code bin} when
 *     nothing is known
 */
public record FileFormat(String extension) {

  private static final Pattern EXTENSION = Pattern.compile("[A-Za-z0-9]{1,16}");

  /** Delimited text. */
  public static final FileFormat CSV = new FileFormat("csv");

  /** XML. */
  public static final FileFormat XML = new FileFormat("xml");

  /** JSON. */
  public static final FileFormat JSON = new FileFormat("json");

  /** Nothing is known. */
  public static final FileFormat UNKNOWN = new FileFormat("bin");

  /**
   * Normalises and checks an extension.
   *
   * @param extension in any case
   * @throws IllegalArgumentException if it is not 1 to 16 letters and digits
   */
  public FileFormat {
    extension = extension.toLowerCase(Locale.ROOT);
    if (!EXTENSION.matcher(extension).matches()) {
      throw new IllegalArgumentException(
          "A file format is an extension of 1 to 16 letters and digits, such as csv.");
    }
  }

  /**
   * {@return the format that a file name tells, or {@link #UNKNOWN}}
   *
   * @param name a file name such as {@code Customer groups.csv}
   */
  public static FileFormat ofName(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1);
    return name.contains(".") && EXTENSION.matcher(extension).matches()
        ? new FileFormat(extension)
        : UNKNOWN;
  }

  @Override
  public String toString() {
    return extension;
  }
}
