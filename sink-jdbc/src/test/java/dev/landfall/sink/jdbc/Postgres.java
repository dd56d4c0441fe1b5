package dev.landfall.sink.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A server of PostgreSQL. */
final class Postgres extends TestDatabase {

  private @Nullable EmbeddedPostgres server;

  Postgres() {
    super("PostgreSQL");
  }

  @Override
  DataSource start() throws IOException {
    server = EmbeddedPostgres.start();
    return database(Map.of());
  }

  @Override
  void empty() throws SQLException {
    Rows.execute(database(), "DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
  }

  @Override
  void stop() throws IOException {
    Objects.requireNonNull(server).close();
  }

  /** {@return where another process finds it} */
  String url() {
    return Objects.requireNonNull(server).getJdbcUrl("postgres", "postgres");
  }

  /** {@return the same database through a driver that is told these things} */
  DataSource database(Map<String, String> properties) {
    return Objects.requireNonNull(server).getDatabase("postgres", "postgres", properties);
  }
}
