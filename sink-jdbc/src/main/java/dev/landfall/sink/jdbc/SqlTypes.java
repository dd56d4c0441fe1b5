package dev.landfall.sink.jdbc;

import java.util.Locale;

/**
 * The types of columns that are created.
 *
 * @param text for text
 * @param key for text by which rows are told apart, {@code %d} for the most characters
 * @param time for a point in time
 */
record SqlTypes(String text, String key, String time) {

  private static final int LONGEST_KEY = 190;
  private static final int LONGEST_KEYS = 440;

  /**
   * {@return the type of text by which rows are told apart}
   *
   * @param keys how many of them share the room that an index has
   */
  String key(int keys) {
    return key.formatted(Math.min(LONGEST_KEY, LONGEST_KEYS / keys));
  }

  boolean haveZone() {
    return time.toUpperCase(Locale.ROOT).matches(".*(ZONE|OFFSET).*");
  }
}
