package dev.landfall.app;

import dev.landfall.FolderSink;
import dev.landfall.Pipeline;
import dev.landfall.Route;
import dev.landfall.download.DownloadLimits;
import dev.landfall.download.HostPolicy;
import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.event.EventFilters;
import dev.landfall.ledger.jdbc.JdbcLedger;
import dev.landfall.sink.jdbc.JdbcTableSink;
import dev.landfall.spi.FileSink;
import dev.landfall.spi.Ledger;
import dev.landfall.spi.PipelineListener;
import dev.landfall.spi.RetryPolicy;
import dev.landfall.transport.http.Webhook;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A service as a user assembles it: webhook, ledger, files and rows.
 *
 * @param folder has all that several instances share, and the spool of each
 * @param instance names one of them
 * @param database where the ledger is; {@code sqlite} for a file in the folder, or the URL of a
 *     PostgreSQL
 */
record House(Path folder, String instance, String database) {

  static final String SQLITE = "sqlite";

  static final String SECRET = "a-secret-that-is-long-enough";
  static final Duration LEASE = Duration.ofSeconds(3);
  private static final int BUSY_MILLIS = 60_000;

  House(Path folder) {
    this(folder, "one", SQLITE);
  }

  Webhook webhook() {
    return Webhook.on(0)
        .path("/events")
        .sharedSecret(SECRET)
        .bodyLimit(64 * 1024)
        .build();
  }

  Ledger ledger() {
    return database.equals(SQLITE)
        ? JdbcLedger.sqlite(folder.resolve("ledger.db"))
        : JdbcLedger.on(Postgres.source(database));
  }

  /** One route over all exports; each sink may be wrapped by the test. */
  Pipeline pipeline(
      Webhook webhook,
      Ledger ledger,
      URI storage,
      PipelineListener listener,
      UnaryOperator<FileSink> wrapped) {
    return Pipeline.from(webhook)
        .ledger(ledger)
        .hosts(HostPolicy.nothing().trust(storage))
        // A file that a test deletes does not appear again.
        .downloads(DownloadLimits.usual().grace(Duration.ZERO))
        .retry(RetryPolicy.upTo(Duration.ofMinutes(5))
            .backingOff(Duration.ofMillis(10), Duration.ofMillis(100)))
        .spool(folder.resolve("spool-" + instance))
        .lease(LEASE)
        .listener(listener)
        .route(Route.named("exports")
            .when(EventFilters.type("NAVAXDMFExportBusinessEvent"))
            .fetch(PayloadUrlLocator.field("DownloadURL"))
            .store(wrapped.apply(files()))
            .store(wrapped.apply(rows())))
        .build();
  }

  private FileSink files() {
    return FolderSink.at(folder.resolve("exports")).key("{eventId}.{format}");
  }

  private FileSink rows() {
    return JdbcTableSink.into(tables()).table("landed").build();
  }

  private DataSource tables() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setBusyTimeout(BUSY_MILLIS);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + folder.resolve("tables.db"));
    return source;
  }

  /** The names of all stored files. */
  List<String> storedFiles() throws IOException {
    if (!Files.exists(folder.resolve("exports"))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder.resolve("exports"))) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  /** The values of one column over all rows. */
  List<String> storedRows(String column) throws SQLException {
    List<String> values = new ArrayList<>();
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tables.db"));
        var statement = connection.createStatement();
        var result = statement.executeQuery("select \"" + column + "\" from landed order by 1")) {
      while (result.next()) {
        values.add(result.getString(1));
      }
    }
    return values;
  }
}
