package dev.landfall.sink.jdbc;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Names and records for tests to write and to find again.
 *
 * @param rows a value for each name, null where there is none
 */
record Table(List<String> names, List<List<@Nullable String>> rows) {

  /**
   * {@return a table}
   *
   * @param names with blanks between
   * @param values of all rows, one after another
   */
  static Table of(String names, String... values) {
    List<String> all = List.of(names.split(" ", -1));
    return new Table(
        all,
        IntStream.range(0, values.length / all.size())
            .mapToObj(row -> Arrays.<@Nullable String>asList(values)
                .subList(row * all.size(), (row + 1) * all.size()))
            .toList());
  }

  /** {@return the same with other values, null left as it is} */
  Table mapped(UnaryOperator<String> change) {
    return new Table(
        names,
        rows.stream()
            .map(row -> row.stream()
                .<@Nullable String>map(value -> value == null ? null : change.apply(value))
                .toList())
            .toList());
  }

  /** {@return the same with empty text where there is no value, for formats that have no other} */
  Table withoutNulls() {
    return new Table(
        names,
        rows.stream()
            .map(row -> row.stream()
                .<@Nullable String>map(value -> value == null ? "" : value)
                .toList())
            .toList());
  }

  /** {@return its rows as {@link Rows} shows them} */
  List<String> shown() {
    return rows.stream()
        .map(row -> String.join("|", row.stream().map(String::valueOf).toList()))
        .sorted()
        .toList();
  }
}
