package dev.landfall.sink.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server of its own for a test class, and an empty schema for each test. */
final class Postgres implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

  private @Nullable EmbeddedPostgres server;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    server = EmbeddedPostgres.start();
  }

  @Override
  public void beforeEach(ExtensionContext context) throws SQLException {
    Rows.execute(database(), "DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    Objects.requireNonNull(server).close();
  }

  DataSource database() {
    return database(Map.of());
  }

  DataSource database(Map<String, String> properties) {
    return Objects.requireNonNull(server).getDatabase("postgres", "postgres", properties);
  }
}
