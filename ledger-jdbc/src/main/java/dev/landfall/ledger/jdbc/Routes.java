package dev.landfall.ledger.jdbc;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The numbers of routes, read once: they never change and none is ever taken away. */
final class Routes {

  private final Statements statements;
  private final Map<String, Long> numbers = new HashMap<>();
  private final Map<Long, String> names = new HashMap<>();

  Routes(Statements statements) {
    this.statements = statements;
  }

  /** {@return the number of a route, a new one if need be} */
  long numberOf(String name) throws SQLException {
    Long known = find(name);
    if (known == null) {
      statements.update(Sql.INSERT_ROUTE, Digest.ofRoute(name), name);
      known = find(name);
    }
    return Objects.requireNonNull(known, "the route just written");
  }

  /** {@return the number of a route; null if no landing was ever recorded on it} */
  @Nullable
  Long find(String name) throws SQLException {
    String stored = Statements.storable(name);
    if (!numbers.containsKey(stored)) {
      load();
    }
    return numbers.get(stored);
  }

  /** {@return all numbers} */
  Collection<Long> all() throws SQLException {
    load();
    return List.copyOf(names.keySet());
  }

  String nameOf(long number) throws SQLException {
    if (!names.containsKey(number)) {
      load();
    }
    return Objects.requireNonNull(names.get(number), "the route of a landing");
  }

  private void load() throws SQLException {
    statements.list(Sql.FIND_ROUTES, row -> {
      names.put(row.getLong("id"), row.getString("name"));
      return numbers.put(row.getString("name"), row.getLong("id"));
    });
  }

  /** Forgets what was read, as some of it may have been undone. */
  void forget() {
    numbers.clear();
    names.clear();
  }
}
