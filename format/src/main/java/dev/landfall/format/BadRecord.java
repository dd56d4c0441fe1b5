package dev.landfall.format;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record that breaks a rule of its format or does not fit where it should go, with its place and
 * the cause.
 *
 * <p>{@link #toString} shows no value, because a log is no place for a customer's data.
 *
 * @param line where it begins in the file, from 1
 * @param cause the rule that it breaks and what broke it, one sentence
 * @param values what could be read of it, in the file's order; may be more or fewer than there are
 *     names
 */
public record BadRecord(long line, String cause, List<@Nullable String> values) {

  /**
   * Keeps its own copy of the values.
   *
   * @param line where it begins in the file
   * @param cause what is wrong
   * @param values copied
   */
  public BadRecord {
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  @Override
  public String toString() {
    return "bad record of line %d with %d values: %s".formatted(line, values.size(), cause);
  }
}
