package dev.landfall.sink.jdbc;

import dev.landfall.spi.SinkException;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds names that mean the same: spelled alike, or but for case, or but for case and signs. */
final class Names {

  private static final int SHOWN = 20;

  private Names() {}

  /**
   * {@return the one among some names that another means, or null if none does}
   *
   * @param what the other is, for the message
   * @throws SinkException if it may mean several
   */
  static @Nullable String find(String what, String wanted, List<String> names) {
    String normal = normal(wanted);
    Stream<Predicate<String>> alike =
        Stream.of(wanted::equals, wanted::equalsIgnoreCase, name -> normal(name).equals(normal));
    List<String> found = alike
        .map(test -> names.stream().filter(test).toList())
        .filter(some -> !some.isEmpty())
        .findFirst()
        .orElse(List.of());
    if (found.size() > 1) {
      throw SinkException.rejected(
          "The %s %s can mean any of %s. Spell it as one of these, or map it with column(...)."
              .formatted(what, wanted, listed(found)),
          null);
    }
    return found.isEmpty() ? null : found.get(0);
  }

  /** A name of signs alone means nothing but itself. */
  private static String normal(String name) {
    String bare = name.codePoints()
        .filter(Character::isLetterOrDigit)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .toLowerCase(Locale.ROOT);
    return bare.isEmpty() ? name : bare;
  }

  static String listed(List<String> names) {
    String some = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return names.size() <= SHOWN ? some : "%s and %d more".formatted(some, names.size() - SHOWN);
  }
}
