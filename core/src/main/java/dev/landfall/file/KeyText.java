package dev.landfall.file;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How a foreign value is written in a key, so that it stays one part and can be read back. */
enum KeyText {

  /** For folders of any system: ASCII that no system gives a meaning to. */
  FOLDERS("_", "_") {
    @Override
    boolean isPlain(int character, boolean first, boolean last) {
      return PLAIN.indexOf(character) >= 0
          || (!first && !last && (character == '.' || character == ' '));
    }

    @Override
    boolean isReserved(String value) {
      String stem = value.toLowerCase(Locale.ROOT).split("\\.", 2)[0].strip();
      return RESERVED.contains(stem) || RESERVED_WITH_NUMBER.matcher(stem).matches();
    }

    @Override
    void encode(int character, StringBuilder key) {
      encode(Character.toString(character).getBytes(StandardCharsets.UTF_8), key);
    }
  },

  /**
   * For values of partitions. Hive, and what follows it, reads {@code %XX} back as the character of
   * that number, not as a byte of UTF-8; so what has no such number stays as it is. A file whose
   * name begins with a dot or a low line is one that it does not see.
   */
  PARTITIONS("__HIVE_DEFAULT_PARTITION__", "none") {
    @Override
    boolean isPlain(int character, boolean first, boolean last) {
      return character > 0xFF
          || (first ? character != '_' && PLAIN.indexOf(character) >= 0 : isPlainWithin(character));
    }

    private boolean isPlainWithin(int character) {
      return PLAIN.indexOf(character) >= 0 || character == '.' || character == ' ';
    }

    @Override
    boolean isReserved(String value) {
      return false;
    }

    @Override
    void encode(int character, StringBuilder key) {
      encode(new byte[] {(byte) character}, key);
    }
  };

  private static final String PLAIN =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_()";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final int LONGEST_VALUE = 120;
  private static final int DIGITS_OF_DIGEST = 16;
  private static final Set<String> RESERVED = Set.of("con", "prn", "aux", "nul");
  private static final Pattern RESERVED_WITH_NUMBER = Pattern.compile("(com|lpt)[0-9]");

  private final String none;
  private final String noneInName;

  KeyText(String none, String noneInName) {
    this.none = none;
    this.noneInName = noneInName;
  }

  abstract boolean isPlain(int character, boolean first, boolean last);

  abstract boolean isReserved(String value);

  abstract void encode(int character, StringBuilder key);

  /**
   * {@return a value as part of a key, 1 to 120 bytes long in UTF-8}
   *
   * @param inName whether it is within the last part, which is the name of a file
   */
  String of(String value, boolean inName) {
    if (value.isEmpty()) {
      return inName ? noneInName : none;
    }
    StringBuilder key = new StringBuilder();
    boolean reserved = isReserved(value);
    int cut = 0;
    int bytes = 0;
    for (int i = 0; i < value.length(); ) {
      int before = key.length();
      int character = readable(value.codePointAt(i));
      int next = i + Character.charCount(character);
      if (isPlain(character, i == 0, next == value.length()) && !(i == 0 && reserved)) {
        key.appendCodePoint(character);
      } else {
        encode(character, key);
      }
      bytes += key.substring(before).getBytes(StandardCharsets.UTF_8).length;
      if (bytes <= LONGEST_VALUE - 1 - DIGITS_OF_DIGEST) {
        cut = key.length();
      }
      i = next;
    }
    return bytes <= LONGEST_VALUE ? key.toString() : key.substring(0, cut) + "~" + digest(value);
  }

  /** Half of a pair has no form in UTF-8. */
  private static int readable(int character) {
    return Character.getType(character) == Character.SURROGATE ? '?' : character;
  }

  private static String digest(String value) {
    return Sha256.of(value.getBytes(StandardCharsets.UTF_8)).hex().substring(0, DIGITS_OF_DIGEST);
  }

  static void encode(byte[] bytes, StringBuilder key) {
    for (byte each : bytes) {
      key.append('%').append(HEX.toHexDigits(each));
    }
  }
}
