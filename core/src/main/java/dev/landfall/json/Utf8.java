package dev.landfall.json;

import dev.landfall.event.MalformedEventException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * JSON text in UTF-8, whichever Unicode encoding it came in.
 *
 * <p>JSON begins with an ASCII character, so the zero bytes among the first four tell the encoding
 * where there is no byte order mark. Source: RFC 4627, section 3.
 */
final class Utf8 {

  private Utf8() {}

  /** The same bytes if they are UTF-8 already, as nearly all are. */
  static byte[] of(byte[] text) {
    int first = at(text, 0) << 8 | at(text, 1);
    int second = at(text, 2) << 8 | at(text, 3);
    if (first == 0xEFBB && second >>> 8 == 0xBF) {
      return Arrays.copyOfRange(text, 3, text.length);
    }
    boolean little = first == 0xFFFE || (first != 0 && hasZeros(first, second, 0));
    boolean big = first == 0xFEFF || first == 0 || hasZeros(first, second, 8);
    if (text.length < 2 || (!little && !big)) {
      return text;
    }
    boolean wide = text.length >= 4 && (first == 0 || (second == 0 && first != 0xFEFF));
    return decode(text, (wide ? "UTF-32" : "UTF-16") + (little ? "LE" : "BE"));
  }

  private static int at(byte[] text, int index) {
    return index < text.length ? text[index] & 0xFF : 0;
  }

  /** Whether every other byte is zero; a single one is just broken JSON. */
  private static boolean hasZeros(int first, int second, int shift) {
    return ((first >>> shift) & 0xFF) == 0 && ((second >>> shift) & 0xFF) == 0;
  }

  private static byte[] decode(byte[] text, String charset) {
    try {
      String decoded =
          Charset.forName(charset).newDecoder().decode(ByteBuffer.wrap(text)).toString();
      int begin = decoded.startsWith("\uFEFF") ? 1 : 0;
      return decoded.substring(begin).getBytes(StandardCharsets.UTF_8);
    } catch (CharacterCodingException broken) {
      throw new MalformedEventException(
          "An event is JSON text in UTF-8; these bytes look like %s but are not."
              .formatted(charset));
    }
  }
}
