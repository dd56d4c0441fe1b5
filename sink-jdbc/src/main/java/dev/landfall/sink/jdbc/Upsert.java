package dev.landfall.sink.jdbc;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How a database replaces the row of a key or adds one: a statement for one row, a parameter for
 * each column.
 *
 * <p>A row that a newer export has written stays as it is.
 */
enum Upsert {
  /** PostgreSQL and SQLite. */
  ON_CONFLICT {
    @Override
    String sql(Dialect dialect, Target target) {
      return "INSERT INTO %s AS present (%s) VALUES (%s) %s"
          .formatted(
              dialect.quoted(target.table()),
              dialect.quoted(target.columnNames()),
              parameters(target),
              onConflict(dialect, target));
    }
  },

  /** MariaDB and MySQL, which assign from left to right, so the time comes last. */
  ON_DUPLICATE_KEY {
    @Override
    String sql(Dialect dialect, Target target) {
      String update = target.columnsBesideKeys().stream()
          .sorted((a, b) -> Boolean.compare(target.isExportTime(a), target.isExportTime(b)))
          .map(column -> assignment(dialect, target, column))
          .collect(Collectors.joining(", "));
      String key = dialect.quoted(target.keyNames().get(0));
      return "INSERT INTO %s (%s) VALUES (%s) ON DUPLICATE KEY UPDATE %s"
          .formatted(
              dialect.quoted(target.table()),
              dialect.quoted(target.columnNames()),
              parameters(target),
              update.isEmpty() ? key + " = " + key : update);
    }

    private String assignment(Dialect dialect, Target target, String column) {
      String name = dialect.quoted(column);
      return target
          .exportTime()
          .map(dialect::quoted)
          .map(time -> "%1$s = IF(%2$s IS NULL OR %2$s <= VALUES(%2$s), VALUES(%1$s), %1$s)"
              .formatted(name, time))
          .orElse("%1$s = VALUES(%1$s)".formatted(name));
    }
  },

  /** SQL Server. */
  MERGE_VALUES {
    @Override
    String sql(Dialect dialect, Target target) {
      return "MERGE INTO %s WITH (HOLDLOCK) AS present USING (VALUES (%s)) AS excluded (%s) ON %s%s WHEN NOT MATCHED THEN INSERT (%s) VALUES (%s);"
          .formatted(
              dialect.quoted(target.table()),
              parameters(target),
              dialect.quoted(target.columnNames()),
              sameKey(dialect, target),
              target.columnsBesideKeys().isEmpty()
                  ? ""
                  : target
                          .exportTime()
                          .map(time -> " WHEN MATCHED AND (%s)".formatted(isOlder(dialect, time)))
                          .orElse(" WHEN MATCHED")
                      + " THEN UPDATE SET "
                      + assignments(dialect, target),
              dialect.quoted(target.columnNames()),
              excluded(dialect, target.columnNames()));
    }
  },

  /** Oracle. */
  MERGE_DUAL {
    @Override
    String sql(Dialect dialect, Target target) {
      String row = target.columnNames().stream()
          .map(column -> "? AS " + dialect.quoted(column))
          .collect(Collectors.joining(", "));
      return "MERGE INTO %s present USING (SELECT %s FROM dual) excluded ON (%s)%s WHEN NOT MATCHED THEN INSERT (%s) VALUES (%s)"
          .formatted(
              dialect.quoted(target.table()),
              row,
              sameKey(dialect, target),
              target.columnsBesideKeys().isEmpty()
                  ? ""
                  : " WHEN MATCHED THEN UPDATE SET "
                      + assignments(dialect, target)
                      + target
                          .exportTime()
                          .map(time -> " WHERE " + isOlder(dialect, time))
                          .orElse(""),
              dialect.quoted(target.columnNames()),
              excluded(dialect, target.columnNames()));
    }
  },

  /** All others, in two statements; see {@link UpdateThenInsert}. */
  UPDATE_THEN_INSERT {
    @Override
    String sql(Dialect dialect, Target target) {
      return insert(dialect, target);
    }
  };

  /** {@return the statement for one row, a parameter for each column} */
  abstract String sql(Dialect dialect, Target target);

  /** {@return the statement that adds one row, a parameter for each column} */
  static String insert(Dialect dialect, Target target) {
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(
            dialect.quoted(target.table()),
            dialect.quoted(target.columnNames()),
            parameters(target));
  }

  /** {@return how an insert into {@code present} ends that replaces older rows} */
  static String onConflict(Dialect dialect, Target target) {
    String keys = dialect.quoted(target.keyNames());
    if (target.columnsBesideKeys().isEmpty()) {
      return "ON CONFLICT (" + keys + ") DO NOTHING";
    }
    return "ON CONFLICT (%s) DO UPDATE SET %s%s"
        .formatted(
            keys,
            assignments(dialect, target),
            target.exportTime().map(time -> " WHERE " + isOlder(dialect, time)).orElse(""));
  }

  private static String parameters(Target target) {
    return target.columnNames().stream().map(column -> "?").collect(Collectors.joining(", "));
  }

  private static String assignments(Dialect dialect, Target target) {
    return target.columnsBesideKeys().stream()
        .map(dialect::quoted)
        .map(column -> column + " = excluded." + column)
        .collect(Collectors.joining(", "));
  }

  static String isOlder(Dialect dialect, String exportTime) {
    return isOlder(dialect, exportTime, "excluded." + dialect.quoted(exportTime));
  }

  /** {@return whether a row of {@code present} may be replaced by one of an export at some time} */
  static String isOlder(Dialect dialect, String exportTime, String time) {
    return "present.%1$s IS NULL OR present.%1$s <= %2$s"
        .formatted(dialect.quoted(exportTime), time);
  }

  /** {@return how a row of {@code excluded} is found in {@code present}} */
  static String sameKey(Dialect dialect, Target target) {
    return target.keyNames().stream()
        .map(dialect::quoted)
        .map(key -> "present.%1$s = excluded.%1$s".formatted(key))
        .collect(Collectors.joining(" AND "));
  }

  private static String excluded(Dialect dialect, List<String> columns) {
    return columns.stream()
        .map(column -> "excluded." + dialect.quoted(column))
        .collect(Collectors.joining(", "));
  }
}
