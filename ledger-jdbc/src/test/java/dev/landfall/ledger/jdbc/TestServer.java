package dev.landfall.ledger.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A database server for tests, with tables that are empty when a test begins. */
abstract class TestServer implements BeforeAllCallback, BeforeEachCallback {

  private static final List<String> TABLES =
      List.of("route", "line", "landing", "receipt", "attempt", "unreadable");

  private @Nullable DataSource dataSource;

  /** Starts the server, unless a test before did. */
  abstract DataSource start(ExtensionContext context) throws Exception;

  /** Makes something once for all tests; it is closed after the last. */
  static <T extends AutoCloseable> T shared(
      ExtensionContext context, Class<T> type, Supplier<T> maker) {
    ExtensionContext.Store store =
        context.getRoot().getStore(ExtensionContext.Namespace.create(TestServer.class));
    return Objects.requireNonNull(store.computeIfAbsent(type, any -> maker.get(), type));
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    dataSource = start(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws SQLException {
    try (Connection connection = dataSource().getConnection()) {
      if (LedgerSchema.of(dataSource()).version().isEmpty()) {
        LedgerSchema.of(dataSource()).create();
      }
      for (String table : TABLES) {
        Samples.execute(connection, "DELETE FROM landfall_" + table);
      }
    }
  }

  /** Takes the tables away. */
  void dropTables() throws SQLException {
    try (Connection connection = dataSource().getConnection()) {
      for (String table : TABLES) {
        Samples.execute(connection, "DROP TABLE IF EXISTS landfall_" + table);
      }
      Samples.execute(connection, "DROP TABLE IF EXISTS landfall_schema");
    }
  }

  Dialect dialect() throws SQLException {
    try (Connection connection = dataSource().getConnection()) {
      return Dialect.of(connection);
    }
  }

  DataSource dataSource() {
    return Objects.requireNonNull(dataSource);
  }
}
