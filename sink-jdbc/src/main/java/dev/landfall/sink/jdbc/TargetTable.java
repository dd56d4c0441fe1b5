package dev.landfall.sink.jdbc;

import dev.landfall.format.ExportedRecord;
import dev.landfall.spi.SinkException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** The table as one file meets it: which of its columns take the file's values, and its keys. */
final class TargetTable {

  private final TableName name;
  private final List<String> columns;
  private final int[] keys;

  private TargetTable(TableName name, List<String> columns, int[] keys) {
    this.name = name;
    this.columns = columns;
    this.keys = keys;
  }

  /**
   * Creates the table if it is absent, and otherwise sees that the file fits it.
   *
   * @param names of the file's values, unlike even when cases are not told apart
   * @param keyNames none to append
   */
  static TargetTable prepare(
      Connection connection,
      Dialect dialect,
      TableName name,
      List<String> names,
      List<String> keyNames)
      throws SQLException {
    names.forEach(column -> dialect.checkName("column", column));
    int[] keys = keyNames.stream().mapToInt(key -> keyIndex(name, names, key)).toArray();
    List<String> existing = dialect.columns(connection, name);
    if (existing.isEmpty()) {
      dialect.lockCreation(connection);
      existing = dialect.columns(connection, name);
    }
    if (existing.isEmpty()) {
      dialect.checkColumnCount(names.size());
      TargetTable created = new TargetTable(name, names, keys);
      created.execute(connection, created.ddl());
      return created;
    }
    TargetTable found = new TargetTable(name, matched(name, names, existing), keys);
    found.checkUniqueIndex(connection, dialect);
    return found;
  }

  private static int keyIndex(TableName table, List<String> names, String key) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(key)) {
        return i;
      }
    }
    throw SinkException.rejected(
        ("Table %s is upserted by %s, and the file has no such column but %s. Add it to the"
                + " export, or upsert by another one.")
            .formatted(table, key, listed(names)),
        null);
  }

  private static List<String> matched(TableName table, List<String> names, List<String> existing) {
    List<String> columns = new ArrayList<>(names.size());
    for (String column : names) {
      List<String> alike = existing.contains(column)
          ? List.of(column)
          : existing.stream().filter(column::equalsIgnoreCase).toList();
      if (alike.isEmpty()) {
        throw SinkException.rejected(
            ("The file has a column %s, and table %s has not but %s. Add it with ALTER TABLE %s ADD"
                    + " COLUMN %s TEXT, or leave the field out of the export.")
                .formatted(column, table, listed(existing), table.sql(), TableName.quoted(column)),
            null);
      }
      if (alike.size() > 1) {
        throw SinkException.rejected(
            ("The column %s of the file can be any of %s in table %s. Spell it in the export as"
                    + " one of these.")
                .formatted(column, listed(alike), table),
            null);
      }
      columns.add(alike.get(0));
    }
    return columns;
  }

  private static String listed(List<String> names) {
    String some = names.stream().limit(20).collect(Collectors.joining(", "));
    return names.size() <= 20 ? some : "%s and %d more".formatted(some, names.size() - 20);
  }

  /** An upsert without a row finds out what one with a row would fail on. */
  private void checkUniqueIndex(Connection connection, Dialect dialect) throws SQLException {
    if (keys.length == 0) {
      return;
    }
    String keyColumns = TableName.quoted(keyColumns());
    try {
      execute(
          connection,
          "INSERT INTO %1$s (%2$s) SELECT %2$s FROM %1$s WHERE 1 = 0 ON CONFLICT (%2$s) DO NOTHING"
              .formatted(name.sql(), keyColumns));
    } catch (SQLException failure) {
      if (!dialect.lacksUniqueIndex(failure)) {
        throw failure;
      }
      throw SinkException.rejected(
          ("To be upserted by %s, table %s needs a unique index over exactly that. CREATE"
                  + " UNIQUE INDEX %s ON %s (%s) makes one.")
              .formatted(
                  listed(keyColumns()),
                  name,
                  TableName.quoted(name.name() + "_key"),
                  name.sql(),
                  keyColumns),
          failure);
    }
  }

  private void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private String ddl() {
    List<String> keyColumns = keyColumns();
    String definitions = columns.stream()
        .map(column ->
            TableName.quoted(column) + (keyColumns.contains(column) ? " TEXT NOT NULL" : " TEXT"))
        .collect(Collectors.joining(", "));
    String primaryKey =
        keys.length == 0 ? "" : ", PRIMARY KEY (" + TableName.quoted(keyColumns) + ")";
    return "CREATE TABLE " + name.sql() + " (" + definitions + primaryKey + ")";
  }

  private List<String> keyColumns() {
    return Arrays.stream(keys).mapToObj(columns::get).toList();
  }

  TableName name() {
    return name;
  }

  int width() {
    return columns.size();
  }

  /** {@return the statement for one row, a parameter for each value of the file} */
  String insert() {
    String insert = "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(
            name.sql(),
            TableName.quoted(columns),
            String.join(", ", Collections.nCopies(columns.size(), "?")));
    if (keys.length == 0) {
      return insert;
    }
    List<String> keyColumns = keyColumns();
    String others = columns.stream()
        .filter(column -> !keyColumns.contains(column))
        .map(TableName::quoted)
        .map(column -> column + " = excluded." + column)
        .collect(Collectors.joining(", "));
    return insert
        + " ON CONFLICT ("
        + TableName.quoted(keyColumns)
        + (others.isEmpty() ? ") DO NOTHING" : ") DO UPDATE SET " + others);
  }

  /** {@return what two records of the same row have in common; the record itself to append} */
  Object keyOf(ExportedRecord record) {
    if (keys.length == 0) {
      return record;
    }
    String[] key = new String[keys.length];
    for (int i = 0; i < keys.length; i++) {
      String value = record.value(keys[i]);
      if (value == null || value.isBlank()) {
        throw SinkException.rejected(
            ("Table %s is upserted by %s, and in line %d of the file that is blank. Mend the"
                    + " record, or upsert by another column.")
                .formatted(name, columns.get(keys[i]), record.line()),
            null);
      }
      key[i] = value;
    }
    return List.of(key);
  }
}
