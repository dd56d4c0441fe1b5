package dev.landfall.bench.s3;

import dev.landfall.Pipeline;
import dev.landfall.Route;
import dev.landfall.bench.frame.Parent;
import dev.landfall.bench.landing.Tally;
import dev.landfall.download.HostPolicy;
import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.download.apache.ApacheHttpReader;
import dev.landfall.event.BusinessEvent;
import dev.landfall.ledger.jdbc.JdbcLedger;
import dev.landfall.sink.s3.S3Sink;
import dev.landfall.spi.Failure;
import dev.landfall.spi.PipelineListener;
import dev.landfall.spi.Step;
import dev.landfall.transport.http.Webhook;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;

/** A service with Landfall that stores exports as objects; events are on disk when answered. */
final class LandfallProgram {

  private LandfallProgram() {}

  /**
   * Serves until the parent has enough.
   *
   * @param arguments when to tell how many have landed, twice, where the server of objects is, and
   *     where files are
   */
  public static void main(String[] arguments) throws IOException {
    Webhook webhook = Webhook.on(0).path("/events").withoutSecret().build();
    try (Pipeline pipeline = Pipeline.from(webhook)
        .ledger(JdbcLedger.sqlite(Path.of("ledger.db")))
        .hosts(HostPolicy.nothing().trust(URI.create(arguments[3])))
        .reader(ApacheHttpReader::open)
        .spool(Path.of("spool"))
        .route(Route.named("exports")
            .fetch(PayloadUrlLocator.field("DownloadURL"))
            .store(S3Sink.bucket(S3Proxy.BUCKET)
                .endpoint(URI.create(arguments[2]))
                .region(S3Proxy.REGION)
                .pathStyle()
                .credentials(S3Proxy.KEY, S3Proxy.SECRET)
                .key("{eventId}.{format}")
                .build()))
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
