package dev.landfall.ledger.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements on one connection, each prepared once; for one thread at a time.
 *
 * <p>A statement may end in a list of values of any length, written {@code IN (...)}. It is run for
 * so many of them at once that few different statements are prepared.
 */
final class Statements {

  /** How many values a list in a statement holds at most; a power of two. */
  static final int LONGEST_LIST = 256;

  private static final int MOST_PREPARED = 200;
  private static final String LIST = "(...)";

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new LinkedHashMap<>(16, 0.75f, true);

  Statements(Connection connection) {
    this.connection = connection;
  }

  Connection connection() {
    return connection;
  }

  /** Makes a value out of the current row. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Runs what is not worth preparing. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** {@return how many rows were changed} */
  int update(String sql, @Nullable Object... values) throws SQLException {
    try {
      return bind(sql, values).executeUpdate();
    } catch (SQLException failure) {
      forget(sql, failure);
      throw failure;
    }
  }

  /** Runs a statement for each row of values, in as few round trips as the driver can. */
  void batch(String sql, List<@Nullable Object[]> rows) throws SQLException {
    if (rows.size() == 1) {
      update(sql, rows.get(0));
    } else if (!rows.isEmpty()) {
      try {
        PreparedStatement statement = prepare(sql);
        for (@Nullable Object[] values : rows) {
          bind(statement, values);
          statement.addBatch();
        }
        statement.executeBatch();
      } catch (SQLException failure) {
        forget(sql, failure);
        throw failure;
      }
    }
  }

  /** {@return a value for each row, in order} */
  <T> List<T> list(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
    List<T> found = new ArrayList<>();
    try (ResultSet rows = bind(sql, values).executeQuery()) {
      while (rows.next()) {
        found.add(row.read(rows));
      }
    } catch (SQLException failure) {
      forget(sql, failure);
      throw failure;
    }
    return found;
  }

  /**
   * Runs a query that ends in a list.
   *
   * @param listed the values of the list
   * @param before the values of the parameters before it
   * @return a value for each row; in order for as many listed values as fit into one statement
   */
  <T> List<T> listIn(String sql, Row<T> row, List<?> listed, @Nullable Object... before)
      throws SQLException {
    List<T> found = new ArrayList<>();
    for (Part part : parts(sql, listed, before)) {
      found.addAll(list(part.sql, row, part.values.toArray()));
    }
    return found;
  }

  /**
   * Runs a change that ends in a list.
   *
   * @param listed the values of the list
   * @param before the values of the parameters before it
   * @return how many rows were changed
   */
  int updateIn(String sql, List<?> listed, @Nullable Object... before) throws SQLException {
    int changed = 0;
    for (Part part : parts(sql, listed, before)) {
      changed += update(part.sql, part.values.toArray());
    }
    return changed;
  }

  private record Part(String sql, List<@Nullable Object> values) {}

  private static List<Part> parts(String sql, List<?> listed, @Nullable Object[] before) {
    List<Part> parts = new ArrayList<>();
    for (int start = 0; start < listed.size(); start += LONGEST_LIST) {
      List<?> some = listed.subList(start, Math.min(listed.size(), start + LONGEST_LIST));
      // The last value is repeated up to a power of two.
      int length = some.size() == 1 ? 1 : Integer.highestOneBit(some.size() - 1) * 2;
      List<@Nullable Object> values = new ArrayList<>();
      for (@Nullable Object value : before) {
        values.add(value);
      }
      for (int i = 0; i < length; i++) {
        values.add(some.get(Math.min(i, some.size() - 1)));
      }
      parts.add(new Part(sql.replace(LIST, "(?" + ", ?".repeat(length - 1) + ")"), values));
    }
    return parts;
  }

  private PreparedStatement bind(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepare(sql);
    bind(statement, values);
    return statement;
  }

  private static void bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value instanceof String text) {
        statement.setString(i + 1, storable(text));
      } else if (value instanceof Digest digest) {
        statement.setBytes(i + 1, digest.bytes());
      } else {
        statement.setObject(i + 1, value);
      }
    }
  }

  /**
   * {@return a text that every database can hold: U+FFFD stands for NUL, which PostgreSQL refuses,
   * and for half a character, which no encoding has}
   */
  static String storable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isSurrogate(c)) {
        return text.codePoints()
            .map(point -> point == 0 || isHalf(point) ? 0xFFFD : point)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
      }
    }
    return text;
  }

  private static boolean isHalf(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      if (prepared.size() == MOST_PREPARED) {
        String eldest = prepared.keySet().iterator().next();
        Objects.requireNonNull(prepared.remove(eldest)).close();
      }
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    return statement;
  }

  /** Some drivers close a statement that failed; it has to be prepared again. */
  private void forget(String sql, SQLException failure) {
    PreparedStatement broken = prepared.remove(sql);
    if (broken == null) {
      return;
    }
    try {
      broken.close();
    } catch (SQLException notClosed) {
      failure.addSuppressed(notClosed);
    }
  }
}
