package dev.landfall.bench.landing;

import dev.landfall.bench.frame.Case;
import dev.landfall.bench.frame.Child;
import dev.landfall.bench.frame.Command;
import dev.landfall.bench.frame.Comparison;
import dev.landfall.bench.frame.Measured;
import dev.landfall.bench.frame.Metric;
import dev.landfall.bench.frame.Subject;
import dev.landfall.bench.load.EventIds;
import dev.landfall.bench.load.ExportEvent;
import dev.landfall.bench.load.Senders;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many small exports a second are landed in a folder, from the first event posted to the last
 * file stored, from senders that post their next event when the last was answered.
 *
 * <p>A server in this process has the files; each subject is a virtual machine of its own. At the
 * end of a turn every file must be there, as long as it is.
 */
public final class LandingSmall implements Case {

  static final Metric RATE = Metric.rate("rate", "1/s");
  static final Metric ANSWER_P50 = Metric.cost("answer p50", "ms");
  static final Metric ANSWER_P99 = Metric.cost("answer p99", "ms");

  /** Where subjects store, in the folder of their turn. */
  static final String FILES = "files";

  /** In bytes. */
  static final int LENGTH = 10 * 1024;

  private static final String LANDFALL = "landfall";
  private static final String LANDFALL_JDK = "landfall-jdk";
  private static final String LANDFALL_MEMORY = "landfall-memory";
  private static final String CAMEL = "camel";
  private static final String CAMEL_DURABLE = "camel-durable";
  private static final String COUNT_IDS = "SELECT count(*) FROM camel_messageprocessed";

  private static final String HEAP = "256m";
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Pace pace;
  private @Nullable Storage storage;
  private long turns;

  /** Creates the case as it is measured: 8 senders, 20,000 events to warm up, 15,000 that count. */
  public LandingSmall() {
    this(new Pace(5, 8, 20_000, 15_000));
  }

  LandingSmall(Pace pace) {
    this.pace = pace;
  }

  @Override
  public String name() {
    return "landing-small";
  }

  @Override
  public String description() {
    return "from an event posted to its file of 10 KB in a folder, beside Camel";
  }

  @Override
  public int rounds() {
    return pace.rounds();
  }

  @Override
  public List<Subject> subjects(Path folder) throws IOException {
    Storage files = Storage.of(new byte[LENGTH]);
    storage = files;
    return List.of(
        new Subject(LANDFALL, own -> landfall(own, files, LandfallProgram.Way.DURABLE)),
        new Subject(LANDFALL_JDK, own -> landfall(own, files, LandfallProgram.Way.JDK)),
        new Subject(LANDFALL_MEMORY, own -> landfall(own, files, LandfallProgram.Way.MEMORY)),
        new Subject(CAMEL, own -> turn(own, files, CamelProgram.class, first(), all(), "fast")),
        new Subject(CAMEL_DURABLE, own -> {
          Measured measured = turn(own, files, CamelProgram.class, first(), all(), "durable");
          requireIds(own.resolve(CamelProgram.DATABASE), pace.warmUp() + pace.events());
          return measured;
        }));
  }

  @Override
  public List<Comparison> comparisons() {
    return List.of(
        Comparison.of(LANDFALL, CAMEL, RATE),
        Comparison.of(LANDFALL, CAMEL_DURABLE, RATE),
        Comparison.of(LANDFALL_MEMORY, CAMEL, RATE));
  }

  private Measured landfall(Path folder, Storage files, LandfallProgram.Way way)
      throws IOException, InterruptedException {
    String storage = files.address().toString();
    return turn(folder, files, LandfallProgram.class, first(), all(), way.name(), storage);
  }

  private Measured turn(Path folder, Storage files, Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    turns++;
    EventIds ids = new EventIds(turns);
    int all = pace.warmUp() + pace.events();
    try (Child child = Child.start(Command.java(program, HEAP, arguments), folder);
        Senders senders = Senders.connect(
            pace.senders(),
            URI.create(child.next(START).text()),
            ExportEvent.bytes(files.address()),
            ids)) {
      senders.post(pace.warmUp(), LONGEST);
      landed(child, pace.warmUp());
      long begin = System.nanoTime();
      Senders.Answered answered = senders.post(pace.events(), LONGEST);
      long took = landed(child, all).nanos() - begin;
      Measured measured = Measured.nothing()
          .with(RATE, pace.events() / (took / 1e9))
          .with(ANSWER_P50, answered.latencies().millis(50))
          .with(ANSWER_P99, answered.latencies().millis(99))
          .with(child.end());
      Landed.require(folder.resolve(FILES), ids, all, LENGTH);
      return measured;
    }
  }

  private String first() {
    return Integer.toString(pace.warmUp());
  }

  private String all() {
    return Integer.toString(pace.warmUp() + pace.events());
  }

  private static Child.Line landed(Child child, int count)
      throws IOException, InterruptedException {
    Child.Line line = child.next(LONGEST);
    if (!line.text().equals(Integer.toString(count))) {
      throw new IOException("%d were to land, not: %s".formatted(count, line.text()));
    }
    return line;
  }

  static void requireIds(Path database, int events) throws IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(COUNT_IDS)) {
      rows.next();
      if (rows.getInt(1) != events) {
        throw new IOException("The id of each event is kept; of %d events %d are there."
            .formatted(events, rows.getInt(1)));
      }
    } catch (SQLException failure) {
      throw new IOException("The ids in %s cannot be read.".formatted(database), failure);
    }
  }

  @Override
  public void close() {
    if (storage != null) {
      storage.close();
    }
  }
}
