package dev.landfall.event;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words from outside as they may stand in a log: what does not look like one may be a signed link,
 * or forge a line of its own.
 */
final class Names {

  private static final Pattern HARMLESS = Pattern.compile("[\\w .:@-]{1,64}");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final int MOST = 20;
  private static final int LONGEST = 100;

  private Names() {}

  /** Some of them in brackets, and how many there are besides. */
  static String shown(Collection<String> names) {
    List<String> some = names.stream()
        .filter(name -> HARMLESS.matcher(name).matches())
        .limit(MOST)
        .toList();
    int others = names.size() - some.size();
    return some + (others == 0 ? "" : " and " + others + (others == 1 ? " other" : " others"));
  }

  /** Some text on one line, without what a link in it would keep secret. */
  static String printable(String text) {
    String some = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    return CONTROL.matcher(Redaction.of(some)).replaceAll(Matcher.quoteReplacement("?"));
  }

  /** The word, which will stand in logs and keys. */
  static String checked(String what, String word, int longest) {
    if (word.isEmpty() || word.length() > longest || hasControl(word)) {
      throw new IllegalArgumentException(
          "%s has 1 to %d characters and no control characters; this one has %d."
              .formatted(what, longest, word.length()));
    }
    return word;
  }

  /** Asked for every event, so without a stream. */
  private static boolean hasControl(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (Character.isISOControl(word.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** The name, or three dots. */
  static String shown(String name) {
    return HARMLESS.matcher(name).matches() ? name : "...";
  }
}
