package dev.landfall.sink.jdbc;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the text format of PostgreSQL's COPY: fields between tabs, rows ended by line feeds,
 * {@code \N} for null, a backslash before what would mean something else.
 *
 * <p>Source: PostgreSQL, COPY, File Formats.
 */
final class CopyText {

  private static final int FIRST_SIZE = 64 * 1024;

  private byte[] bytes = new byte[FIRST_SIZE];
  private int length;

  int length() {
    return length;
  }

  byte[] bytes() {
    return bytes;
  }

  void clear() {
    length = 0;
    if (bytes.length > FIRST_SIZE) {
      bytes = new byte[FIRST_SIZE];
    }
  }

  void row(@Nullable Object[] values, int count) {
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        put('\t');
      }
      field(values[i]);
    }
    put('\n');
  }

  private void field(@Nullable Object value) {
    if (value == null) {
      put('\\');
      put('N');
    } else if (value instanceof String text) {
      text(text);
    } else {
      text(value instanceof BigDecimal number ? number.toPlainString() : value.toString());
    }
  }

  private void text(String text) {
    int size = text.length();
    room(2 * size);
    for (int i = 0; i < size; i++) {
      char character = text.charAt(i);
      if (character >= 0x80) {
        escaped(text.substring(i).getBytes(StandardCharsets.UTF_8));
        return;
      }
      ascii((byte) character);
    }
  }

  private void escaped(byte[] utf8) {
    room(2 * utf8.length);
    for (byte each : utf8) {
      ascii(each);
    }
  }

  /** Only ASCII bytes are escaped, and no other character of UTF-8 has one. */
  private void ascii(byte character) {
    byte letter = switch (character) {
      case '\\' -> (byte) '\\';
      case '\t' -> (byte) 't';
      case '\n' -> (byte) 'n';
      case '\r' -> (byte) 'r';
      default -> 0;
    };
    if (letter != 0) {
      bytes[length++] = '\\';
      bytes[length++] = letter;
    } else {
      bytes[length++] = character;
    }
  }

  private void put(char character) {
    room(1);
    bytes[length++] = (byte) character;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
