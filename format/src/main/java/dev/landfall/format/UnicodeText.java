package dev.landfall.format;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** What can be told of a text without its format. */
final class UnicodeText {

  private UnicodeText() {}

  /**
   * How wide the characters of a text without a byte order mark are, if it begins with an ASCII
   * character as XML and JSON do.
   *
   * <p>Source: RFC 4627, section 3, and appendix F of XML 1.0.
   */
  static Charset charsetOf(byte[] first) {
    if (first.length >= 2 && first[0] > 0 && first[1] == 0) {
      return StandardCharsets.UTF_16LE;
    }
    if (first.length >= 2 && first[0] == 0 && first[1] > 0) {
      return StandardCharsets.UTF_16BE;
    }
    return StandardCharsets.UTF_8;
  }

  /** {@return whether each surrogate has its other half; no encoding has another text} */
  static boolean isPaired(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
