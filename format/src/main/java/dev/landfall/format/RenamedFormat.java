package dev.landfall.format;

import dev.landfall.file.ExportedFile;
import dev.landfall.format.PackageManifest.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Hands values on under other names than those they have in the file. */
final class RenamedFormat implements RecordFormat {

  private final RecordFormat inner;
  private final Map<String, String> others;

  private RenamedFormat(RecordFormat inner, Map<String, String> others) {
    this.inner = inner;
    this.others = others;
  }

  /**
   * {@return a format that gives the fields of a file the names of their entity's fields}
   *
   * <p>The parts of an array are several fields of the file and one of the entity; they keep their
   * names.
   */
  static RecordFormat of(RecordFormat inner, List<Field> fields) {
    Map<String, String> others = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Field field : fields) {
      if (field.arrayIndex() == 0
          && !field.fileField().isEmpty()
          && !field.entityField().isEmpty()
          && !field.fileField().equalsIgnoreCase(field.entityField())) {
        others.putIfAbsent(field.fileField(), field.entityField());
      }
    }
    return others.isEmpty() ? inner : new RenamedFormat(inner, others);
  }

  @Override
  public Records read(ExportedFile file, BadRecords bad) throws IOException {
    Records records = inner.read(file, bad);
    return new Renamed(records, renamed(records.names()));
  }

  /** All names or none: names that are swapped must not be refused, and two never become one. */
  private List<String> renamed(List<String> names) {
    List<String> renamed = new ArrayList<>();
    Set<String> different = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : names) {
      renamed.add(others.getOrDefault(name, name));
      different.add(renamed.get(renamed.size() - 1));
    }
    return different.size() == names.size() ? List.copyOf(renamed) : names;
  }

  private record Renamed(Records inner, List<String> names) implements Records {

    @Override
    public @Nullable ExportedRecord next() throws IOException {
      ExportedRecord record = inner.next();
      return record == null ? null : record.renamed(names);
    }

    @Override
    public Optional<PlainText> plain() throws IOException {
      return inner.plain();
    }

    @Override
    public void close() throws IOException {
      inner.close();
    }
  }
}
