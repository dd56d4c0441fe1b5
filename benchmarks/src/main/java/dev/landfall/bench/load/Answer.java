package dev.landfall.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Tells whether an answer is whole; knows no more of HTTP than that takes. */
final class Answer {

  private static final int ACCEPTED = 202;
  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final int STATUS_LENGTH = 3;
  private static final byte[] LENGTH = "\ncontent-length:".getBytes(StandardCharsets.US_ASCII);

  private Answer() {}

  /**
   * Looks at the beginning of an answer.
   *
   * @throws IOException if it is another one than 202, or does not tell how long it is
   */
  static boolean isWhole(byte[] bytes, int count) throws IOException {
    int head = headLength(bytes, count);
    if (head < 0) {
      return false;
    }
    int status = number(bytes, STATUS_AT, STATUS_AT + STATUS_LENGTH);
    if (status != ACCEPTED) {
      throw new IOException("An event is to be answered with status %d, not with %d: %s"
          .formatted(ACCEPTED, status, new String(bytes, 0, count, StandardCharsets.US_ASCII)));
    }
    int length = contentLength(bytes, head);
    if (count > head + length) {
      throw new IOException("An answer has more bytes than it announced.");
    }
    return count == head + length;
  }

  private static int headLength(byte[] bytes, int count) {
    for (int i = 3; i < count; i++) {
      if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private static int contentLength(byte[] bytes, int head) throws IOException {
    for (int i = 0; i + LENGTH.length < head; i++) {
      if (bytes[i] == '\n' && isLength(bytes, i)) {
        int from = i + LENGTH.length;
        int to = from;
        while (bytes[to] != '\r') {
          to++;
        }
        return number(bytes, from, to);
      }
    }
    throw new IOException("An answer tells its length; this one does not: "
        + new String(bytes, 0, head, StandardCharsets.US_ASCII));
  }

  private static boolean isLength(byte[] bytes, int at) {
    for (int i = 1; i < LENGTH.length; i++) {
      // The bit that tells a small letter from a capital one; it is set in '-' and ':' anyway.
      if ((bytes[at + i] | 0x20) != LENGTH[i]) {
        return false;
      }
    }
    return true;
  }

  private static int number(byte[] bytes, int from, int to) throws IOException {
    String text = new String(bytes, from, to - from, StandardCharsets.US_ASCII).strip();
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException none) {
      throw new IOException(
          "A number was expected in an answer, not \"%s\"."
              .formatted(text.toLowerCase(Locale.ROOT)),
          none);
    }
  }
}
