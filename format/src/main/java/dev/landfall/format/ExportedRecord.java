package dev.landfall.format;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of an exported file: names and values as text.
 *
 * <p>{@link #toString} shows no value, because a log is no place for a customer's data.
 */
public final class ExportedRecord {

  private final long line;
  private final List<String> names;
  private final @Nullable String[] values;

  private ExportedRecord(long line, List<String> names, @Nullable String[] values) {
    this.line = line;
    this.names = names;
    this.values = values;
  }

  /**
   * {@return a record that holds what it is given, without a copy}
   *
   * @param line where it begins in the file, from 1
   * @param names shared by all records of a file; must not change any more
   * @param values one for each name, null where the file has none; must not change any more
   * @throws IllegalArgumentException if there are not as many values as names
   */
  public static ExportedRecord of(long line, List<String> names, @Nullable String[] values) {
    if (names.size() != values.length) {
      throw new IllegalArgumentException(
          "A record has one value for each name; line %d has %d names and %d values."
              .formatted(line, names.size(), values.length));
    }
    return new ExportedRecord(line, names, values);
  }

  /** {@return the same values under other names, as many} */
  ExportedRecord renamed(List<String> others) {
    return new ExportedRecord(line, others, values);
  }

  /** {@return the line on which it begins in the file, from 1} */
  public long line() {
    return line;
  }

  /** {@return the names of its values, in the file's order} */
  public List<String> names() {
    return names;
  }

  /**
   * {@return a value as the file has it, or null if the file has none; an empty field is empty
   * text}
   *
   * @param index the place of its name among {@link #names}, from 0
   */
  public @Nullable String value(int index) {
    return values[index];
  }

  @Override
  public String toString() {
    return "record of line %d with %d values".formatted(line, values.length);
  }
}
