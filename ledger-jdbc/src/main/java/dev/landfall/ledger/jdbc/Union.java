package dev.landfall.ledger.jdbc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Many queries that are each quick, in one statement. */
final class Union {

  private final StringBuilder sql = new StringBuilder();
  private final List<@Nullable Object> values = new ArrayList<>();

  /** Adds a query; it may have an order and a limit of its own. */
  void add(String query, @Nullable Object... ofQuery) {
    sql.append(sql.isEmpty() ? "" : " UNION ALL ")
        .append("SELECT * FROM (")
        .append(query)
        .append(") AS part");
    for (@Nullable Object value : ofQuery) {
      values.add(value);
    }
  }

  String sql() {
    return sql.toString();
  }

  @Nullable
  Object[] values() {
    return values.toArray();
  }
}
