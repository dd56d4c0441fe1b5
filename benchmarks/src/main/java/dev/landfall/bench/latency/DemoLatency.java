package dev.landfall.bench.latency;

import dev.landfall.bench.frame.Case;
import dev.landfall.bench.frame.Child;
import dev.landfall.bench.frame.Command;
import dev.landfall.bench.frame.Comparison;
import dev.landfall.bench.frame.Latencies;
import dev.landfall.bench.frame.Measured;
import dev.landfall.bench.frame.Metric;
import dev.landfall.bench.frame.Subject;
import dev.landfall.emulator.DataProject;
import dev.landfall.emulator.Export;
import dev.landfall.emulator.FinopsEmulator;
import dev.landfall.emulator.data.Entities;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long an export takes from its event being posted until its file and its rows have landed,
 * when exports come one after another and when they come fast.
 *
 * <p>An emulated environment in this process serves the files; each subject is a virtual machine of
 * its own with an endpoint, and tells the id of each event that has landed. Landfall's time ends
 * when its ledger knows of the end too.
 */
public final class DemoLatency implements Case {

  static final Metric SEQUENTIAL = Metric.rate("sequential rate", "1/s");
  static final Metric SEQUENTIAL_P50 = Metric.cost("p50", "ms");
  static final Metric SEQUENTIAL_P99 = Metric.cost("p99", "ms");
  static final Metric PACED_P50 = Metric.cost("paced p50", "ms");
  static final Metric PACED_P99 = Metric.cost("paced p99", "ms");

  private static final String LANDFALL = "landfall";
  private static final List<String> PEERS = List.of("glue", "glue-durable");
  private static final String HEAP = "256m";
  private static final int ROWS = 40;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final Duration START = Duration.ofSeconds(30);

  private final Pace pace;

  /** Creates the case as it is measured: 200 exports in each phase, the second at 50 a second. */
  public DemoLatency() {
    this(new Pace(3, 100, 200, 50));
  }

  DemoLatency(Pace pace) {
    this.pace = pace;
  }

  @Override
  public String name() {
    return "demo-latency";
  }

  @Override
  public String description() {
    return "from an event posted to its file and rows landed, beside programs written by hand";
  }

  @Override
  public int rounds() {
    return pace.rounds();
  }

  @Override
  public List<Subject> subjects(Path folder) {
    return List.of(
        new Subject(LANDFALL, own -> turn(own, LandfallProgram.class)),
        new Subject("glue", own -> turn(own, GlueProgram.class, "fast")),
        new Subject("glue-durable", own -> turn(own, GlueProgram.class, "durable")));
  }

  @Override
  public List<Comparison> comparisons() {
    return PEERS.stream()
        .flatMap(peer -> Stream.of(
            Comparison.of(LANDFALL, peer, SEQUENTIAL),
            Comparison.of(LANDFALL, peer, SEQUENTIAL_P99).called("p99"),
            Comparison.of(LANDFALL, peer, PACED_P50).called("paced"),
            Comparison.of(LANDFALL, peer, PACED_P99).called("paced p99")))
        .toList();
  }

  private Measured turn(Path folder, Class<?> program, String... options)
      throws IOException, InterruptedException {
    try (FinopsEmulator finops =
            FinopsEmulator.builder().folder(folder.resolve("finops")).start();
        Child child = Child.start(command(program, finops, options), folder)) {
      Events events = new Events(child, URI.create(child.next(START).text()));
      List<Export> warmUp = exports(finops, pace.warmUp());
      List<Export> first = exports(finops, pace.exports());
      List<Export> second = exports(finops, pace.exports());

      events.oneAfterAnother(warmUp);
      long begin = System.nanoTime();
      Latencies sequential = new Latencies(events.oneAfterAnother(first));
      double seconds = (System.nanoTime() - begin) / NANOS_PER_SECOND;
      Latencies paced = new Latencies(events.paced(second, pace.perSecond()));

      return Measured.nothing()
          .with(SEQUENTIAL, pace.exports() / seconds)
          .with(SEQUENTIAL_P50, sequential.millis(50))
          .with(SEQUENTIAL_P99, sequential.millis(99))
          .with(PACED_P50, paced.millis(50))
          .with(PACED_P99, paced.millis(99))
          .with(child.end());
    }
  }

  private static Command command(Class<?> program, FinopsEmulator finops, String... options) {
    return Command.java(
        program,
        HEAP,
        Stream.concat(Stream.of(finops.address().toString()), Stream.of(options))
            .toArray(String[]::new));
  }

  /** No endpoint is attached, so that the events wait to be posted and timed here. */
  private static List<Export> exports(FinopsEmulator finops, int count) {
    DataProject project = DataProject.named("bench").entity(Entities.customerGroups(), ROWS);
    return Stream.generate(() -> finops.exportOne(project)).limit(count).toList();
  }
}
