package dev.landfall.bench.landing;

import dev.landfall.FolderSink;
import dev.landfall.Pipeline;
import dev.landfall.Route;
import dev.landfall.bench.frame.Parent;
import dev.landfall.download.HostPolicy;
import dev.landfall.download.JdkHttpReader;
import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.download.apache.ApacheHttpReader;
import dev.landfall.event.BusinessEvent;
import dev.landfall.ledger.jdbc.JdbcLedger;
import dev.landfall.spi.Failure;
import dev.landfall.spi.PipelineListener;
import dev.landfall.spi.Step;
import dev.landfall.transport.http.Webhook;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;

/** A service with Landfall that stores exports in a folder, everything synced. */
final class LandfallProgram {

  private LandfallProgram() {}

  /**
   * Serves until the parent has enough.
   *
   * @param arguments when to tell how many have landed, twice, then {@code apache} or {@code jdk}
   *     for who reads files, and where they are
   */
  public static void main(String[] arguments) throws IOException {
    Webhook webhook = Webhook.on(0).path("/events").withoutSecret().build();
    try (Pipeline pipeline = Pipeline.from(webhook)
        .ledger(JdbcLedger.sqlite(Path.of("ledger.db")))
        .hosts(HostPolicy.nothing().trust(URI.create(arguments[3])))
        .reader(arguments[2].equals("apache") ? ApacheHttpReader::open : JdkHttpReader::open)
        .spool(Path.of("spool"))
        .route(Route.named("exports")
            .fetch(PayloadUrlLocator.field("DownloadURL"))
            .store(FolderSink.at(Path.of(LandingSmall.FILES))))
        .listener(new Teller(Tally.of(arguments[0], arguments[1])))
        .build()) {
      pipeline.start();
      Parent.tell(webhook.uri().toString());
      Parent.awaitEnd();
    }
  }

  /** Counts what lands; anything else makes the turn fail for want of it, and its cause is seen. */
  private static final class Teller implements PipelineListener {

    private final Tally tally;

    Teller(Tally tally) {
      this.tally = tally;
    }

    @Override
    public void landed(Step step, BusinessEvent event) {
      tally.landed();
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
