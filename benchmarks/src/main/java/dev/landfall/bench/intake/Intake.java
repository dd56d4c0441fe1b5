package dev.landfall.bench.intake;

import dev.landfall.bench.frame.Case;
import dev.landfall.bench.frame.Child;
import dev.landfall.bench.frame.Command;
import dev.landfall.bench.frame.Comparison;
import dev.landfall.bench.frame.Measured;
import dev.landfall.bench.frame.Metric;
import dev.landfall.bench.frame.Subject;
import dev.landfall.bench.ledger.LedgerFile;
import dev.landfall.bench.load.EventIds;
import dev.landfall.bench.load.ExportEvent;
import dev.landfall.bench.load.Senders;
import dev.landfall.bench.peer.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How many events a second are taken over HTTP and made durable before they are answered, from
 * senders that send as fast as they get answers.
 *
 * <p>Each subject is a virtual machine of its own; the senders are one thread of this process. At
 * the end of a turn all that was acknowledged must be found in the database.
 */
public final class Intake implements Case {

  static final Metric RATE = Metric.rate("rate", "1/s");
  static final Metric P50 = Metric.cost("p50", "ms");
  static final Metric P99 = Metric.cost("p99", "ms");

  private static final String LANDFALL = "landfall";
  private static final String BARE = "bare";
  private static final String CAMEL = "camel";
  private static final String HEAP = "256m";
  private static final Duration START = Duration.ofSeconds(30);

  private final Pace pace;
  private @Nullable Postgres postgres;
  private long turns;

  /** Creates the case as it is measured: 64 senders, 25 seconds to warm up and 10 that count. */
  public Intake() {
    this(new Pace(5, 64, Duration.ofSeconds(25), Duration.ofSeconds(10), 2_000_000));
  }

  Intake(Pace pace) {
    this.pace = pace;
  }

  @Override
  public String name() {
    return "intake";
  }

  @Override
  public String description() {
    return "events taken over HTTP and made durable, beside the bare server and Camel";
  }

  @Override
  public int rounds() {
    return pace.rounds();
  }

  @Override
  public List<Subject> subjects(Path folder) throws IOException {
    Postgres server = Postgres.start(folder.resolve("postgres"));
    postgres = server;
    return List.of(
        new Subject(
            LANDFALL,
            own -> turn(
                own,
                Command.java(LandfallProgram.class, HEAP),
                () -> OptionalLong.of(
                    LedgerFile.at(own.resolve(LandfallProgram.LEDGER)).landings()))),
        new Subject(
            BARE, own -> turn(own, Command.java(BareProgram.class, HEAP), OptionalLong::empty)),
        new Subject(CAMEL, own -> {
          server.execute("DROP TABLE IF EXISTS inbox; " + CamelProgram.TABLE);
          return turn(
              own,
              Command.java(CamelProgram.class, HEAP, server.url()),
              () -> OptionalLong.of(server.count("inbox")));
        }));
  }

  @Override
  public List<Comparison> comparisons() {
    return List.of(
        Comparison.of(LANDFALL, BARE, RATE),
        Comparison.of(LANDFALL, BARE, P99).called("p99"),
        Comparison.of(LANDFALL, CAMEL, RATE),
        Comparison.of(LANDFALL, CAMEL, P99).called("p99"));
  }

  /** Asked once the subject has ended. */
  @FunctionalInterface
  interface Durable {
    /** {@return how many events are kept; empty of a subject that keeps none} */
    OptionalLong count() throws IOException;
  }

  private Measured turn(Path folder, Command command, Durable durable)
      throws IOException, InterruptedException {
    turns++;
    try (Child child = Child.start(command, folder);
        Senders senders = Senders.connect(
            pace.senders(),
            URI.create(child.next(START).text()),
            ExportEvent.bytes(),
            new EventIds(turns))) {
      senders.post(pace.most(), pace.warmUp());
      Senders.Answered answered = senders.post(pace.most(), pace.counted());
      Measured measured = Measured.nothing()
          .with(RATE, answered.perSecond())
          .with(P50, answered.latencies().millis(50))
          .with(P99, answered.latencies().millis(99))
          .with(child.end());
      requireAll(senders.sent(), durable);
      return measured;
    }
  }

  static void requireAll(long acknowledged, Durable durable) throws IOException {
    OptionalLong kept = durable.count();
    if (kept.isPresent() && kept.getAsLong() != acknowledged) {
      throw new IOException("What is acknowledged is durable; of %d events %d are there."
          .formatted(acknowledged, kept.getAsLong()));
    }
  }

  @Override
  public void close() {
    if (postgres != null) {
      try {
        postgres.close();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
