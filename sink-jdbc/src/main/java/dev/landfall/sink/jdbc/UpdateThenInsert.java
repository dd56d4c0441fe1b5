package dev.landfall.sink.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Replaces rows by their keys in any database: updates those that are there and not newer, sees
 * which of the others are there, and adds those that are not.
 *
 * <p>Drivers must tell how many rows a statement of a batch has changed, as JDBC has it.
 */
final class UpdateThenInsert extends BatchingWriter {

  private final List<Integer> besideKeys;
  private final PreparedStatement update;
  private final PreparedStatement touch;
  private final PreparedStatement insert;

  UpdateThenInsert(Database database, Target target) throws SQLException {
    super(database, target);
    List<String> names = target.columnNames();
    besideKeys = target.columnsBesideKeys().stream().map(names::indexOf).toList();
    String table = database.quoted(target.table());
    String byKey = " WHERE " + equal(target.keyNames(), " AND ");
    String isOlder = target
        .exportTime()
        .map(dialect::quoted)
        .map(time -> " AND (%1$s IS NULL OR %1$s <= ?)".formatted(time))
        .orElse("");
    // A table of nothing but its key is not changed by this.
    List<String> changed =
        besideKeys.isEmpty() ? target.keyNames().subList(0, 1) : target.columnsBesideKeys();
    update = database.prepare("UPDATE " + table + " SET " + equal(changed, ", ") + byKey + isOlder);
    touch =
        database.prepare("UPDATE " + table + " SET " + itself(target.keyNames().get(0)) + byKey);
    insert = database.prepare(Upsert.insert(dialect, target));
  }

  private String itself(String column) {
    return dialect.quoted(column) + " = " + dialect.quoted(column);
  }

  private String equal(List<String> columns, String separator) {
    return columns.stream()
        .map(column -> dialect.quoted(column) + " = ?")
        .collect(Collectors.joining(separator));
  }

  @Override
  void write(Collection<@Nullable Object[]> rows) throws SQLException {
    insert(missing(update(rows)));
  }

  /** {@return the rows that were not updated} */
  private List<@Nullable Object[]> update(Collection<@Nullable Object[]> rows) throws SQLException {
    for (@Nullable Object[] row : rows) {
      int next = 1;
      for (int column : besideKeys.isEmpty() ? target.keys().subList(0, 1) : besideKeys) {
        bind(update, next++, row, column);
      }
      next = bindKey(update, next, row);
      if (target.exportTime().isPresent()) {
        bind(update, next, row, target.columnNames().indexOf(target.exportTime().get()));
      }
      update.addBatch();
    }
    return untouched(rows, update.executeBatch());
  }

  /** {@return those of some rows whose keys are not there}; the others are newer */
  private List<@Nullable Object[]> missing(List<@Nullable Object[]> rows) throws SQLException {
    if (rows.isEmpty() || target.exportTime().isEmpty()) {
      return rows;
    }
    for (@Nullable Object[] row : rows) {
      bindKey(touch, 1, row);
      touch.addBatch();
    }
    return untouched(rows, touch.executeBatch());
  }

  private static List<@Nullable Object[]> untouched(
      Collection<@Nullable Object[]> rows, int[] counts) {
    List<@Nullable Object[]> left = new ArrayList<>();
    int place = 0;
    for (@Nullable Object[] row : rows) {
      if (counts[place++] == 0) {
        left.add(row);
      }
    }
    return left;
  }

  private void insert(List<@Nullable Object[]> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    for (@Nullable Object[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        bind(insert, i + 1, row, i);
      }
      insert.addBatch();
    }
    insert.executeBatch();
  }

  private int bindKey(PreparedStatement statement, int first, @Nullable Object[] row)
      throws SQLException {
    int next = first;
    for (int key : target.keys()) {
      bind(statement, next++, row, key);
    }
    return next;
  }

  private void bind(PreparedStatement statement, int at, @Nullable Object[] row, int column)
      throws SQLException {
    dialect.bind(statement, at, row[column], target.columns().get(column).type());
  }

  @Override
  public void close() throws SQLException {
    try (update;
        touch;
        insert) {
      return;
    }
  }
}
