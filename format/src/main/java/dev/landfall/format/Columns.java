package dev.landfall.format;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The names of a file's values, each with its place; names that differ in case only are one. */
final class Columns {

  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> folded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, Integer> spelled = new HashMap<>();
  private final List<String> shown = Collections.unmodifiableList(names);

  /** {@return a copy of names that a user has given} */
  static List<String> checked(List<String> given) {
    Columns columns = new Columns();
    for (String name : given) {
      String fault = fault(name);
      if (fault == null && !columns.add(name)) {
        fault = "names differ in more than case, and this one is there twice";
      }
      if (fault != null) {
        throw new IllegalArgumentException("%s: %s.".formatted(shortened(name), fault));
      }
    }
    if (given.isEmpty()) {
      throw new IllegalArgumentException("A record has at least one name, and none is given.");
    }
    return List.copyOf(given);
  }

  /** {@return what is wrong with a name, or null} */
  static @Nullable String fault(String name) {
    if (name.isBlank()) {
      return "every value has a name, and this one is blank";
    }
    return name.indexOf('\0') >= 0 ? "a name has no NUL character" : null;
  }

  static Columns of(List<String> names) {
    Columns columns = new Columns();
    names.forEach(columns::add);
    return columns;
  }

  /** {@return whether the name was not there yet} */
  boolean add(String name) {
    if (folded.putIfAbsent(name, names.size()) != null) {
      return false;
    }
    spelled.put(name, names.size());
    names.add(name);
    return true;
  }

  /** {@return the place of a name, or -1} */
  int indexOf(String name) {
    Integer place = spelled.get(name);
    if (place == null) {
      place = folded.get(name);
    }
    return place == null ? -1 : place;
  }

  /** {@return all names, in the order in which they came} */
  List<String> names() {
    return shown;
  }

  static String shortened(String name) {
    return ZipNames.shown(name);
  }
}
