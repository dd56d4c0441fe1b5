package dev.landfall.app;

import dev.landfall.ledger.jdbc.LedgerSchema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL server that can be stopped and started again where it was. */
final class Postgres implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 10;

  private final Path data;
  private final int port;
  private EmbeddedPostgres server;

  private Postgres(Path data, EmbeddedPostgres server) {
    this.data = data;
    this.server = server;
    this.port = server.getPort();
  }

  /** Starts a server whose database has the schema of a ledger. */
  static Postgres start(Path data) throws IOException {
    Postgres postgres = new Postgres(
        data,
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .start());
    LedgerSchema.of(source(postgres.url())).create();
    return postgres;
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres".formatted(port);
  }

  static DataSource source(String url) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setConnectTimeout(PATIENCE_SECONDS);
    source.setSocketTimeout(PATIENCE_SECONDS);
    return source;
  }

  void stop() throws IOException {
    server.close();
  }

  void startAgain() throws IOException {
    server = EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setPort(port)
        .start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
