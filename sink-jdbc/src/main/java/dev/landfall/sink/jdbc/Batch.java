package dev.landfall.sink.jdbc;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows that are written next, bounded by rows and by text so that memory is. */
final class Batch {

  private static final int MOST_ROWS = 1000;
  private static final int MOST_CHARACTERS = 1 << 20;

  private final Target target;

  /**
   * By key, so that a batch holds no key twice: drivers may rewrite it into one statement, which
   * PostgreSQL then refuses.
   */
  private final Map<Object, @Nullable Object[]> rows = new LinkedHashMap<>();

  private long characters;
  private long firstLine;
  private long lastLine;

  Batch(Target target) {
    this.target = target;
  }

  void add(long line, @Nullable Object[] values) {
    if (rows.isEmpty()) {
      firstLine = line;
    }
    lastLine = line;
    rows.put(target.keys().isEmpty() ? rows.size() : target.keyOf(values), values);
    for (Object value : values) {
      characters += value instanceof String text ? text.length() : 16;
    }
  }

  boolean isFull() {
    return rows.size() >= MOST_ROWS || characters >= MOST_CHARACTERS;
  }

  Collection<@Nullable Object[]> rows() {
    return rows.values();
  }

  void clear() {
    rows.clear();
    characters = 0;
  }

  String doing() {
    return "writing lines %d to %d to table %s".formatted(firstLine, lastLine, target.table());
  }
}
