package dev.landfall.ledger.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real PostgreSQL, started once for all tests. */
final class Postgres extends TestServer {

  private static final class Running implements AutoCloseable {
    final EmbeddedPostgres server;

    Running() {
      try {
        server = EmbeddedPostgres.start();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  private @Nullable Running running;

  @Override
  DataSource start(ExtensionContext context) {
    running = shared(context, Running.class, Running::new);
    return running.server.getPostgresDatabase();
  }

  /** {@return the same database through a driver that is told these things} */
  DataSource dataSource(Map<String, String> properties) {
    return Objects.requireNonNull(running).server.getDatabase("postgres", "postgres", properties);
  }
}
