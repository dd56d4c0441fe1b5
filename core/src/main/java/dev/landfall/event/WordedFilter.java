package dev.landfall.event;

import java.util.regex.Pattern;

/** A filter that can be read in a log. */
record WordedFilter(String text, EventFilter filter) implements EventFilter {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.-]+");

  @Override
  public boolean matches(BusinessEvent event) {
    return filter.matches(event);
  }

  /** A value from a fixed set of words, which has blanks only by mistake. */
  static String word(String value) {
    return PLAIN.matcher(value).matches() ? value : quoted(value);
  }

  /** A value of any text, on one line whatever is in it. */
  static String quoted(String value) {
    StringBuilder quoted = new StringBuilder(value.length() + 2).append('"');
    value.chars().forEach(c -> {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append((char) c);
      } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        quoted.append("\\u%04x".formatted(c));
      } else {
        quoted.append((char) c);
      }
    });
    return quoted.append('"').toString();
  }

  @Override
  public String toString() {
    return text;
  }
}
