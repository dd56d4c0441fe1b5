package dev.landfall.bench.rows;

import com.zaxxer.hikari.HikariDataSource;
import dev.landfall.Pipeline;
import dev.landfall.Route;
import dev.landfall.bench.frame.Parent;
import dev.landfall.bench.peer.Postgres;
import dev.landfall.download.HostPolicy;
import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.download.apache.ApacheHttpReader;
import dev.landfall.event.BusinessEvent;
import dev.landfall.ledger.jdbc.JdbcLedger;
import dev.landfall.sink.jdbc.JdbcTableSink;
import dev.landfall.sink.jdbc.JdbcTableSinkBuilder;
import dev.landfall.sink.jdbc.SchemaMode;
import dev.landfall.spi.Failure;
import dev.landfall.spi.PipelineListener;
import dev.landfall.spi.Step;
import dev.landfall.transport.http.Webhook;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import javax.sql.DataSource;

/** A service with Landfall that stores exports in a table, ledger and rows synced. */
final class LandfallProgram {

  private static final int CONNECTIONS = 2;

  private LandfallProgram() {}

  /**
   * Serves until the parent has enough.
   *
   * @param arguments where files are, where the database is, and the {@link Mode}
   */
  public static void main(String[] arguments) throws IOException {
    Webhook webhook = Webhook.on(0).path("/events").withoutSecret().build();
    try (HikariDataSource tables = Postgres.pool(arguments[1], CONNECTIONS);
        Pipeline pipeline = Pipeline.from(webhook)
            .ledger(JdbcLedger.sqlite(Path.of("ledger.db")))
            .hosts(HostPolicy.nothing().trust(URI.create(arguments[0])))
            .reader(ApacheHttpReader::open)
            .spool(Path.of("spool"))
            .route(Route.named("invoices")
                .fetch(PayloadUrlLocator.field("DownloadURL"))
                .store(sink(tables, Mode.valueOf(arguments[2]))))
            .listener(new Teller())
            .build()) {
      pipeline.start();
      Parent.tell(webhook.uri().toString());
      Parent.awaitEnd();
    }
  }

  private static JdbcTableSink sink(DataSource tables, Mode mode) {
    JdbcTableSinkBuilder table =
        JdbcTableSink.into(tables).table(InvoiceTable.NAME).schema(SchemaMode.ADD_COLUMNS);
    return (mode == Mode.UPSERT ? table.upsertBy(Invoices.KEY) : table).build();
  }

  /** Tells what lands; anything else fails the turn. */
  private static final class Teller implements PipelineListener {

    @Override
    public void landed(Step step, BusinessEvent event) {
      Parent.tell(Loader.LOADED);
    }

    @Override
    public void retrying(Step step, Failure failure, Instant next) {
      Parent.tell(failure.message());
    }

    @Override
    public void died(Step step, Failure failure) {
      Parent.tell(failure.message());
    }
  }
}
