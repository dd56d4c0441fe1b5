package dev.landfall.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of one sheet: its rows below the one with the names. */
final class SheetRecords implements RecordFormat.Records {

  private final ZipBytes zip;
  private final SheetCells cells;
  private final RecordLimits limits;
  private final BadRecords bad;
  private final List<String> names;
  private final List<@Nullable String> surplus = new ArrayList<>();
  private @Nullable String fault;
  private boolean empty;

  SheetRecords(ZipBytes zip, SheetCells cells, RecordLimits limits, BadRecords bad)
      throws IOException {
    this.zip = zip;
    this.cells = cells;
    this.limits = limits;
    this.bad = bad;
    names = readNames();
  }

  private List<String> readNames() throws IOException {
    Columns columns = new Columns();
    while (columns.names().isEmpty() && cells.nextRow()) {
      while (cells.nextCell()) {
        addName(columns);
      }
    }
    return List.copyOf(columns.names());
  }

  private void addName(Columns columns) {
    String name = cells.value() == null ? "" : cells.value().strip();
    if (cells.fault() != null) {
      throw cells.malformed("a name was expected: %s.".formatted(cells.fault()));
    }
    if (name.isEmpty()) {
      return;
    }
    if (cells.column() > columns.names().size()) {
      throw cells.malformed(
          "the header names every column up to the last, and a name before this one is blank.");
    }
    String wrong = Columns.fault(name);
    if (wrong != null) {
      throw cells.malformed(wrong + ".");
    }
    if (!columns.add(name)) {
      throw cells.malformed("names differ in more than case, and %s is there already."
          .formatted(Columns.shortened(name)));
    }
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public @Nullable ExportedRecord next() throws IOException {
    while (cells.nextRow()) {
      @Nullable String[] values = readRow();
      String cause = fault == null ? beyond() : fault;
      if (cause != null) {
        List<@Nullable String> all = new ArrayList<>(Arrays.asList(values));
        all.addAll(surplus);
        bad.keep(new BadRecord(cells.row(), cause, all));
      } else if (!empty) {
        return ExportedRecord.of(cells.row(), names, values);
      }
    }
    return null;
  }

  private @Nullable String beyond() {
    return surplus.isEmpty() || bad.areMended()
        ? null
        : "at most the %d values of the header were expected, and this row has more. Has a name been forgotten?"
            .formatted(names.size());
  }

  private @Nullable String[] readRow() throws IOException {
    @Nullable String[] values = new @Nullable String[names.size()];
    surplus.clear();
    fault = null;
    empty = true;
    int characters = 0;
    while (cells.nextCell()) {
      String value = cells.value();
      int column = cells.column();
      if (cells.fault() != null && fault == null) {
        fault = "column %d%s: %s.".formatted(column + 1, nameOf(column), cells.fault());
      }
      if (value == null) {
        continue;
      }
      characters += value.length();
      if (characters > limits.longestRecord()) {
        throw cells.malformed(limits.recordTooLong());
      }
      if (column < values.length) {
        values[column] = value;
        empty = false;
      } else if (!value.isEmpty()) {
        surplus.add(value);
      }
    }
    return values;
  }

  private String nameOf(int column) {
    return column < names.size() ? " (" + Columns.shortened(names.get(column)) + ")" : "";
  }

  @Override
  public void close() throws IOException {
    try (zip) {
      cells.close();
    }
  }
}
