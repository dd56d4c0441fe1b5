package dev.landfall.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Names and records for properties; a value may be missing, a record never lacks all. */
record Table(List<String> names, List<List<@Nullable String>> rows) {

  /** Tables whose names are plain and whose texts have characters that a format can write. */
  static Arbitrary<Table> any(IntPredicate writable) {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withCharRange('A', 'Z')
        .withChars('_')
        .ofMinLength(1)
        .ofMaxLength(8)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .uniqueElements(name -> name.toLowerCase(Locale.ROOT))
        .flatMap(names -> value(writable)
            .list()
            .ofSize(names.size())
            .map(Table::notAllMissing)
            .list()
            .ofMaxSize(8)
            .map(rows -> new Table(names, rows)));
  }

  private static Arbitrary<@Nullable String> value(IntPredicate writable) {
    return Arbitraries.frequencyOf(
            Tuple.of(
                3, Arbitraries.strings().withChars("<>&'\"{}[],:;\\/\t\n ab_x0").ofMaxLength(10)),
            Tuple.of(1, Arbitraries.strings().ofMaxLength(12)))
        .map(any -> any.codePoints()
            .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
            .filter(writable)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString())
        .injectNull(0.2);
  }

  private static List<@Nullable String> notAllMissing(List<@Nullable String> row) {
    List<@Nullable String> some = new ArrayList<>(row);
    if (some.stream().allMatch(value -> value == null)) {
      some.set(0, "");
    }
    return some;
  }

  /** {@return the same table without the names that no record has, as a file cannot tell them} */
  Table asTold() {
    List<String> told = new ArrayList<>();
    for (List<@Nullable String> row : rows) {
      for (int i = 0; i < names.size(); i++) {
        if (row.get(i) != null && !told.contains(names.get(i))) {
          told.add(names.get(i));
        }
      }
    }
    List<List<@Nullable String>> all = new ArrayList<>();
    for (List<@Nullable String> row : rows) {
      List<@Nullable String> values = new ArrayList<>();
      told.forEach(name -> values.add(row.get(names.indexOf(name))));
      all.add(values);
    }
    return new Table(told, all);
  }

  static Table read(RecordFormat format, byte[] bytes) throws java.io.IOException {
    Reading reading = Reading.of(format, bytes);
    return new Table(reading.names(), reading.rows());
  }
}
