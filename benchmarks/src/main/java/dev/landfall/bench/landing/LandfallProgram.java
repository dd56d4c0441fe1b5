package dev.landfall.bench.landing;

import dev.landfall.FolderSink;
import dev.landfall.Pipeline;
import dev.landfall.PipelineBuilder;
import dev.landfall.Route;
import dev.landfall.bench.frame.Parent;
import dev.landfall.download.HostPolicy;
import dev.landfall.download.JdkHttpReader;
import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.download.apache.ApacheHttpReader;
import dev.landfall.event.BusinessEvent;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import dev.landfall.ledger.jdbc.JdbcLedger;
import dev.landfall.spi.Failure;
import dev.landfall.spi.FileSink;
import dev.landfall.spi.PipelineListener;
import dev.landfall.spi.Step;
import dev.landfall.transport.http.Webhook;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A service with Landfall that stores exports in a folder. */
final class LandfallProgram {

  /** What lasts, and who reads files. */
  enum Way {
    /** Event, file, folder and end are on disk. */
    DURABLE,
    /** The same, with the JDK's own HTTP client. */
    JDK,
    /** Events are kept in memory, and nothing is synced. */
    MEMORY
  }

  private LandfallProgram() {}

  /**
   * Serves until the parent has enough.
   *
   * @param arguments when to tell how many have landed, twice, then the {@link Way}, and where
   *     files are
   */
  public static void main(String[] arguments) throws IOException {
    Way way = Way.valueOf(arguments[2]);
    Path folder = Path.of(LandingSmall.FILES);
    Webhook webhook = Webhook.on(0).path("/events").withoutSecret().build();
    PipelineBuilder service = Pipeline.from(webhook)
        .hosts(HostPolicy.nothing().trust(URI.create(arguments[3])))
        .reader(way == Way.JDK ? JdkHttpReader::open : ApacheHttpReader::open)
        .spool(Path.of("spool"))
        .route(Route.named("exports")
            .fetch(PayloadUrlLocator.field("DownloadURL"))
            .store(way == Way.MEMORY ? new UnsyncedFolder(folder) : FolderSink.at(folder)))
        .listener(new Teller(Tally.of(arguments[0], arguments[1])));
    if (way != Way.MEMORY) {
      service.ledger(JdbcLedger.sqlite(Path.of("ledger.db")));
    }
    try (Pipeline pipeline = service.build()) {
      pipeline.start();
      Parent.tell(webhook.uri().toString());
      Parent.awaitEnd();
    }
  }

  /** Stores each file under its id, and leaves it to the system when that is on disk. */
  private record UnsyncedFolder(Path folder) implements FileSink {

    @Override
    public String name() {
      return "unsynced " + folder;
    }

    @Override
    public Receipt store(ExportedFile file) throws IOException {
      Path target = Files.createDirectories(folder).resolve(file.event().id() + ".csv");
      return Receipt.of(Files.createLink(target, file.path()).toString(), file);
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
