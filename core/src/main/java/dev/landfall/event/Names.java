package dev.landfall.event;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Names from outside as they may be printed: what does not look like a name may be a signed link,
 * or forge a line of a log.
 */
final class Names {

  private static final Pattern HARMLESS = Pattern.compile("[\\w .:@-]{1,64}");
  private static final int MOST = 20;

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

  /** The name, or three dots. */
  static String shown(String name) {
    return HARMLESS.matcher(name).matches() ? name : "...";
  }
}
