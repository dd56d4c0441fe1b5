package dev.landfall.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Sees to it that every column has a name of its own, whatever its case. */
final class ColumnNames {

  private final long line;
  private final boolean mending;
  private final Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, Integer> repeated = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private ColumnNames(long line, boolean mending) {
    this.line = line;
    this.mending = mending;
  }

  /** {@return the names of a header, checked or mended} */
  static List<String> ofHeader(List<String> fields, long line, BadRecords bad) {
    return new ColumnNames(line, bad.areMended()).of(fields);
  }

  /** {@return names that do not come from a file, checked} */
  static List<String> given(List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("A file has at least one column; no name is given.");
    }
    try {
      return new ColumnNames(1, false).of(names);
    } catch (MalformedFileException wrong) {
      throw new IllegalArgumentException(
          "The names that are given stand for a header. " + wrong.getMessage(), wrong);
    }
  }

  private List<String> of(List<String> fields) {
    List<String> names = new ArrayList<>(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      String name = fields.get(i).strip();
      names.add(isFine(i, name) ? name : "");
    }
    for (int i = 0; i < fields.size(); i++) {
      if (names.get(i).isEmpty()) {
        names.set(i, mended(i, fields.get(i).strip()));
      }
    }
    return List.copyOf(names);
  }

  private boolean isFine(int index, String name) {
    if (name.indexOf('\0') >= 0) {
      throw malformed(
          index,
          "a name has no NUL character. Is it UTF-16 or UTF-32 without a byte order mark? Fix it with"
              + " withCharset.");
    }
    if (name.isEmpty()) {
      return refusedUnlessMended(index, "the header names every column, and this name is blank.");
    }
    return taken.add(name)
        || refusedUnlessMended(
            index,
            "names differ in more than case, and %s is there already.".formatted(shortened(name)));
  }

  private boolean refusedUnlessMended(int index, String expected) {
    if (!mending) {
      throw malformed(index, expected);
    }
    return false;
  }

  /** A name that no other column has, found in few steps even if all have the same. */
  private String mended(int index, String name) {
    String stem = name.isEmpty() ? "COLUMN_" + (index + 1) : name;
    String candidate = stem;
    while (!taken.add(candidate)) {
      candidate = stem + "_" + repeated.merge(stem, 2, (count, two) -> count + 1);
    }
    return candidate;
  }

  private MalformedFileException malformed(int index, String expected) {
    return new MalformedFileException(line, ", column %d: %s".formatted(index + 1, expected), null);
  }

  /** {@return a name that is short enough for a message} */
  static String shortened(String name) {
    return name.length() <= 80 ? name : name.substring(0, 80) + "...";
  }
}
