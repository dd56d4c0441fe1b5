package dev.landfall.sink.jdbc;

import dev.landfall.format.ExportedRecord;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The table as one file meets it: the columns that are written, and what each takes of a record.
 *
 * @param table where rows go
 * @param columns in the order of the statement's parameters
 * @param keys places among the columns; none if rows are only added
 * @param exportTime the column that an upsert compares, if it does
 */
record Target(
    TableName table, List<Column> columns, List<Integer> keys, Optional<String> exportTime) {

  /** Bytes of UTF-8 for one character of Java's. */
  private static final int LONGEST_CHARACTER = 3;

  Target {
    columns = List.copyOf(columns);
    keys = List.copyOf(keys);
  }

  /**
   * One column that is written.
   *
   * @param name exactly as the table has it
   * @param field the place of its value in a record; -1 if it is the same in all rows
   * @param constant that value, or null
   */
  record Column(
      String name, ColumnType type, int field, @Nullable Object constant) {

    boolean isConstant() {
      return field < 0;
    }
  }

  List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }

  List<String> keyNames() {
    return keys.stream().map(key -> columns.get(key).name()).toList();
  }

  List<String> columnsBesideKeys() {
    List<String> keyNames = keyNames();
    return columnNames().stream().filter(name -> !keyNames.contains(name)).toList();
  }

  boolean isExportTime(String column) {
    return exportTime.filter(column::equals).isPresent();
  }

  /**
   * {@return whether every field goes in as the text that it is, in the order of the file}
   *
   * <p>What is the same in all rows can be added when they are merged, but not when they are only
   * added.
   *
   * <p>A text of bounded length does not: PostgreSQL cuts blanks that are beyond it.
   */
  boolean isPlain(int fields) {
    boolean inOrder = columns.size() == fields || (!keys.isEmpty() && columns.size() > fields);
    for (int i = 0; i < fields && inOrder; i++) {
      inOrder = columns.get(i).field() == i && isText(columns.get(i));
    }
    return inOrder;
  }

  private static boolean isText(Column column) {
    ColumnType type = column.type();
    return type.kind() == ColumnType.Kind.TEXT && type.size() == Integer.MAX_VALUE;
  }

  /**
   * {@return the values of one row}
   *
   * @throws UnfitException if a value does not fit its column
   */
  @Nullable
  Object[] values(ExportedRecord record, ValueRules rules, boolean takesNul) throws UnfitException {
    @Nullable Object[] values = new @Nullable Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      Column column = columns.get(i);
      values[i] = column.isConstant()
          ? column.constant()
          : value(record.value(column.field()), column, rules, takesNul);
    }
    for (int key : keys) {
      if (values[key] == null
          || (values[key] instanceof String text && text.trim().isEmpty())) {
        throw new UnfitException(
                "a value was expected, as it is part of the key, and there is none")
            .in(columns.get(key).name());
      }
    }
    return values;
  }

  /**
   * Refuses a row that cannot be sent.
   *
   * @param most bytes of its texts in UTF-8
   */
  static void checkSize(@Nullable Object[] values, long most) throws UnfitException {
    long characters = 0;
    for (Object value : values) {
      characters += value instanceof String text ? text.length() : 0;
    }
    if (characters * LONGEST_CHARACTER < most) {
      return;
    }
    long bytes = 0;
    for (Object value : values) {
      bytes += value instanceof String text ? text.getBytes(StandardCharsets.UTF_8).length : 0;
    }
    if (bytes >= most) {
      throw new UnfitException(
          "a record of less than %d bytes was expected (max_allowed_packet of the server), and this has %d"
              .formatted(most, bytes));
    }
  }

  private static @Nullable Object value(
      @Nullable String text, Column column, ValueRules rules, boolean takesNul)
      throws UnfitException {
    if (text == null) {
      return null;
    }
    try {
      if (!takesNul && text.indexOf('\0') >= 0) {
        throw new UnfitException("a text without a NUL character was expected, and this has one");
      }
      return column.type().kind().value(text, column.type(), rules);
    } catch (UnfitException unfit) {
      throw unfit.in(column.name());
    }
  }

  /** {@return what two rows of the same key have in common} */
  List<Object> keyOf(@Nullable Object[] values) {
    Object[] key = new Object[keys.size()];
    for (int i = 0; i < key.length; i++) {
      Object value = Objects.requireNonNull(values[keys.get(i)]);
      key[i] = value instanceof BigDecimal number ? number.stripTrailingZeros() : value;
    }
    return List.of(key);
  }
}
