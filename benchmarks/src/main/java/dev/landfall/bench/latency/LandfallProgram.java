package dev.landfall.bench.latency;

import static dev.landfall.event.EventFilters.entity;

import com.zaxxer.hikari.HikariDataSource;
import dev.landfall.FolderSink;
import dev.landfall.Pipeline;
import dev.landfall.Route;
import dev.landfall.bench.frame.Parent;
import dev.landfall.download.HostPolicy;
import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.event.BusinessEvent;
import dev.landfall.ledger.jdbc.JdbcLedger;
import dev.landfall.sink.jdbc.JdbcTableSink;
import dev.landfall.spi.Failure;
import dev.landfall.spi.PipelineListener;
import dev.landfall.spi.Step;
import dev.landfall.transport.http.Webhook;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import org.sqlite.SQLiteConfig;

/** A service with Landfall, assembled as a user would: webhook, durable ledger, folder, table. */
final class LandfallProgram {

  private LandfallProgram() {}

  /**
   * Serves until the parent has enough.
   *
   * @param arguments where the exports are
   */
  public static void main(String[] arguments) throws IOException {
    Webhook webhook = Webhook.on(0).path("/events").withoutSecret().build();
    try (HikariDataSource tables =
            Tables.in(Path.of("tables.db"), SQLiteConfig.SynchronousMode.FULL);
        Pipeline pipeline = Pipeline.from(webhook)
            .ledger(JdbcLedger.sqlite(Path.of("ledger.db")))
            .hosts(HostPolicy.nothing().trust(URI.create(arguments[0])))
            .spool(Path.of("spool"))
            .route(Route.named("customer-groups")
                .when(entity("Customer groups"))
                .fetch(PayloadUrlLocator.field("DownloadURL"))
                .store(FolderSink.at(Path.of("files")))
                .store(JdbcTableSink.into(tables)
                    .table("customer_groups")
                    .upsertBy("CUSTOMERGROUPID", "DATAAREAID")
                    .build()))
            .listener(new Teller())
            .build()) {
      pipeline.start();
      Parent.tell(webhook.uri().toString());
      Parent.awaitEnd();
    }
  }

  /** Tells what lands; anything else fails the turn, and its cause is to be seen. */
  private static final class Teller implements PipelineListener {

    @Override
    public void landed(Step step, BusinessEvent event) {
      Parent.tell(event.id().value());
    }

    @Override
    public void retrying(Step step, Failure failure, Instant next) {
      System.err.println(failure.message());
    }

    @Override
    public void died(Step step, Failure failure) {
      System.err.println(failure.message());
    }
  }
}
