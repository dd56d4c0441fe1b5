package dev.landfall.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the values of one record after another, in a format that has a name at each value.
 *
 * <p>A value with a name that is not there is surplus. The first fault of a record is told; one
 * that cannot be mended counts before one that can.
 */
final class NamedValues {

  private final Columns columns;
  private final RecordLimits limits;
  private final BadRecords bad;
  private final List<String> names;
  private @Nullable String[] values = new @Nullable String[0];
  private boolean[] given = new boolean[0];
  private final List<@Nullable String> surplus = new ArrayList<>();
  private long line;
  private int characters;
  private int members;
  private @Nullable String fault;
  private @Nullable String mendable;

  NamedValues(Columns columns, RecordLimits limits, BadRecords bad) {
    this.columns = columns;
    this.limits = limits;
    this.bad = bad;
    this.names = List.copyOf(columns.names());
  }

  List<String> names() {
    return names;
  }

  void begin(long ofLine) {
    line = ofLine;
    values = new @Nullable String[names.size()];
    given = new boolean[names.size()];
    surplus.clear();
    characters = 0;
    members = 0;
    fault = null;
    mendable = null;
  }

  /** Takes a value, in whatever order. */
  void put(String name, @Nullable String value) {
    count(name, value == null ? 0 : value.length());
    int place = columns.indexOf(name);
    if (place >= 0 && !given[place]) {
      given[place] = true;
      values[place] = value;
      return;
    }
    if (surplus.size() < limits.mostColumns()) {
      surplus.add(value);
    }
    String wrong = Columns.fault(name);
    if (place >= 0) {
      fault(
          "each name was expected once, and %s is there twice.".formatted(Columns.shortened(name)));
    } else if (wrong != null) {
      fault(wrong + ".");
    } else {
      mendable(
          ("values of the %d known names were expected, and there is one of %s. Add the name, or"
                  + " mend bad records to drop it.")
              .formatted(names.size(), Columns.shortened(name)));
    }
  }

  /** Sees that a value, or what has come of it, is within the limits. */
  private void count(String name, int length) {
    checkField(name, length);
    members++;
    characters += length;
    if (characters > limits.longestRecord()) {
      throw malformed(name, limits.recordTooLong());
    }
    if (members > 2L * limits.mostColumns()) {
      throw malformed(name, limits.tooManyColumns());
    }
  }

  void checkField(String name, long length) {
    if (length > limits.longestField()) {
      throw malformed(name, limits.fieldTooLong());
    }
  }

  MalformedFileException malformed(String name, String expected) {
    return new MalformedFileException(
        line, ", field %s: %s".formatted(Columns.shortened(name), expected), null);
  }

  /** Tells of something wrong with the record that nobody can mend. */
  void fault(String cause) {
    if (fault == null) {
      fault = cause;
    }
  }

  /** Tells of something wrong with the record that can be left out. */
  void mendable(String cause) {
    if (mendable == null) {
      mendable = cause;
    }
  }

  /** {@return the record, or null if it is set aside} */
  @Nullable
  ExportedRecord end() {
    if (names.isEmpty()) {
      fault("a record with at least one value was expected.");
    }
    String cause = fault == null ? mendable : fault;
    if (cause == null || (fault == null && bad.areMended())) {
      return ExportedRecord.of(line, names, values);
    }
    List<@Nullable String> all = new ArrayList<>(Arrays.asList(values));
    all.addAll(surplus);
    bad.keep(new BadRecord(line, cause, all));
    return null;
  }
}
