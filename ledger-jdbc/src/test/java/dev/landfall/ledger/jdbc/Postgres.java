package dev.landfall.ledger.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sql.DataSource;
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

  @Override
  DataSource start(ExtensionContext context) {
    return shared(context, Running.class, Running::new).server.getPostgresDatabase();
  }
}
