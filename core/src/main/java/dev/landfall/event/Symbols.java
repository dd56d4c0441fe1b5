package dev.landfall.event;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the constants of an enum by their names.
 *
 * <p>F&amp;O writes symbols such as {@code PartiallySucceeded}; some custom events write labels,
 * such as {@code Partially succeeded}.
 */
final class Symbols {

  private static final int MOST_SHOWN = 20;
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s_]+");

  private Symbols() {}

  static ValueReader of(Class<?> type) {
    Map<String, Object> constants = new HashMap<>();
    for (Object constant : type.getEnumConstants()) {
      Object other = constants.put(folded(((Enum<?>) constant).name()), constant);
      if (other != null) {
        throw new IllegalArgumentException(
            "Constants are told apart without case, blanks and underscores, unlike %s and %s of %s."
                .formatted(other, constant, type.getName()));
      }
    }
    return Leaf.of(
        expected(type),
        value ->
            Values.text(value).flatMap(text -> Optional.ofNullable(constants.get(folded(text)))));
  }

  private static String expected(Class<?> type) {
    Object[] constants = type.getEnumConstants();
    String some = String.join(
        ", ",
        Stream.of(constants).limit(MOST_SHOWN).map(c -> ((Enum<?>) c).name()).toList());
    return "one of %s%s".formatted(some, constants.length > MOST_SHOWN ? ", ..." : "");
  }

  private static String folded(String name) {
    return BETWEEN_WORDS.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
  }
}
