package dev.landfall.sink.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One table in the database: its columns and keys, and how it comes to be. */
final class TableSchema {

  private final Database database;
  private final TableName table;

  TableSchema(Database database, TableName table) {
    this.database = database;
    this.table = table;
  }

  /** {@return its columns in order with what they take, or empty if there is no such table} */
  Optional<Map<String, ColumnType>> columns() throws SQLException {
    try (PreparedStatement none =
            database.prepare("SELECT * FROM " + database.quoted(table) + " WHERE 1 = 0");
        ResultSet empty = none.executeQuery()) {
      ResultSetMetaData told = empty.getMetaData();
      Map<String, ColumnType> columns = new LinkedHashMap<>();
      for (int i = 1; i <= told.getColumnCount(); i++) {
        columns.put(told.getColumnName(i), type(told, i));
      }
      return Optional.of(columns);
    } catch (SQLException failure) {
      if (database.dialect().saysMissing(failure)) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private ColumnType type(ResultSetMetaData told, int column) throws SQLException {
    return ColumnType.of(
        database.dialect(),
        database.dialect().sqlType(told.getColumnType(column), told.getColumnTypeName(column)),
        told.getPrecision(column),
        told.getScale(column));
  }

  /**
   * Creates the table, unless another has just done so.
   *
   * @param columns names with their types in SQL
   * @param keys some of the names, none for no primary key
   */
  void create(Map<String, String> columns, List<String> keys) throws SQLException {
    Dialect dialect = database.dialect();
    String definitions = columns.entrySet().stream()
        .map(column -> dialect.quoted(column.getKey())
            + " "
            + column.getValue()
            + (keys.contains(column.getKey()) ? " NOT NULL" : ""))
        .collect(Collectors.joining(", "));
    String primaryKey = keys.isEmpty() ? "" : ", PRIMARY KEY (" + dialect.quoted(keys) + ")";
    createBy("CREATE TABLE " + database.quoted(table) + " (" + definitions + primaryKey + ")");
  }

  /** Creates the table by a whole statement, unless another has just done so. */
  void createBy(String sql) throws SQLException {
    database.change(() -> {
      if (columns().isEmpty()) {
        execute(sql, columns -> true);
      }
    });
  }

  /** Adds a column, unless another has just done so. */
  void add(String column, String type) throws SQLException {
    database.change(() -> {
      if (!columns().orElse(Map.of()).containsKey(column)) {
        execute(addition(column, type), columns -> columns.containsKey(column));
      }
    });
  }

  /** One that fails may have come after another's that had the same in mind. */
  private void execute(String sql, Predicate<Map<String, ColumnType>> done) throws SQLException {
    try {
      database.execute(sql);
    } catch (SQLException failure) {
      if (columns().filter(done).isEmpty()) {
        throw failure;
      }
    }
  }

  /** {@return the statement that adds a column} */
  String addition(String column, String type) {
    return "ALTER TABLE " + database.quoted(table) + " ADD " + database.quoted(column) + " " + type;
  }

  /** {@return whether no two rows can have the same values in all of some columns} */
  boolean isUnique(List<String> keys) throws SQLException {
    if (database.dialect().upsert() != Upsert.ON_CONFLICT) {
      Set<String> wanted = new TreeSet<>(keys);
      return uniqueIndexes().stream().anyMatch(wanted::equals);
    }
    String columns = database.dialect().quoted(keys);
    try {
      // Without a row it finds out what one with a row would fail on.
      database.execute(
          "INSERT INTO %1$s (%2$s) SELECT %2$s FROM %1$s WHERE 1 = 0 ON CONFLICT (%2$s) DO NOTHING"
              .formatted(database.quoted(table), columns));
      return true;
    } catch (SQLException failure) {
      if (database.dialect().lacksUniqueIndex(failure)) {
        return false;
      }
      throw failure;
    }
  }

  /** {@return the columns of each unique index, that of the primary key with them} */
  List<Set<String>> uniqueIndexes() throws SQLException {
    Map<String, Set<String>> indexes = new TreeMap<>();
    String catalog = database.catalogOf(table);
    String schema = database.schemaOf(table);
    try (ResultSet found = database
        .connection()
        .getMetaData()
        .getIndexInfo(catalog, schema, table.name(), true, true)) {
      while (found.next()) {
        note(indexes, found.getString("INDEX_NAME"), found.getString("COLUMN_NAME"));
      }
    }
    return new ArrayList<>(indexes.values());
  }

  /** Rows about the table itself have neither name. */
  private static void note(
      Map<String, Set<String>> indexes, @Nullable String index, @Nullable String column) {
    if (index != null && column != null) {
      indexes.computeIfAbsent(index, name -> new TreeSet<>()).add(column);
    }
  }
}
