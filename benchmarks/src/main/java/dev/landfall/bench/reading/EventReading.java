package dev.landfall.bench.reading;

import dev.landfall.bench.frame.Case;
import dev.landfall.bench.frame.Comparison;
import dev.landfall.bench.frame.Measured;
import dev.landfall.bench.frame.Metric;
import dev.landfall.bench.frame.Subject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * How many events of 1 KB a thread reads in a second and what memory each takes, beside Jackson's
 * tree of the same bytes.
 *
 * <p>A turn is one virtual machine that JMH starts, warms up and measures, so the rounds are JMH's
 * forks, shared out among the subjects in turns.
 */
public final class EventReading implements Case {

  static final Metric RATE = Metric.rate("rate", "1/s");
  static final Metric ALLOCATION = Metric.cost("allocation", "B/event");

  private static final String LANDFALL = "landfall";
  private static final String READ_TREE = "read-tree";
  private static final String HEAP = "256m";
  private static final String BYTES_PER_CALL = "gc.alloc.rate.norm";

  private final Length length;

  /** Creates the case as it is measured: seven rounds, about three minutes in all. */
  public EventReading() {
    this(new Length(7, 5, 5, 1_000));
  }

  EventReading(Length length) {
    this.length = length;
  }

  /**
   * How long it is measured.
   *
   * @param rounds that count
   * @param warmUps iterations at the beginning of a turn that are not measured, while the compiler
   *     is at work
   * @param iterations measured in a turn
   * @param millis that an iteration takes
   */
  record Length(int rounds, int warmUps, int iterations, int millis) {}

  @Override
  public String name() {
    return "event-reading";
  }

  @Override
  public String description() {
    return "from 1 KB of JSON to a business event, beside Jackson's readTree";
  }

  @Override
  public int rounds() {
    return length.rounds();
  }

  @Override
  public List<Subject> subjects(Path folder) {
    return List.of(
        new Subject(LANDFALL, own -> turn("landfall")),
        new Subject(READ_TREE, own -> turn("readTree")));
  }

  @Override
  public List<Comparison> comparisons() {
    return List.of(
        Comparison.of(LANDFALL, READ_TREE, RATE),
        Comparison.of(LANDFALL, READ_TREE, ALLOCATION).called("allocation"));
  }

  private Measured turn(String method) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try {
      OutputFormat output = OutputFormatFactory.createFormatInstance(
          new PrintStream(said, true, StandardCharsets.UTF_8), VerboseMode.NORMAL);
      RunResult result = new Runner(options(method), output).runSingle();
      Result<?> allocation = result.getSecondaryResults().get(BYTES_PER_CALL);
      if (allocation == null) {
        throw new IOException("This virtual machine does not tell what a thread allocates.");
      }
      return Measured.nothing()
          .with(RATE, result.getPrimaryResult().getScore())
          .with(ALLOCATION, allocation.getScore());
    } catch (RunnerException failed) {
      throw new IOException("JMH said:\n" + said.toString(StandardCharsets.UTF_8), failed);
    }
  }

  private Options options(String method) {
    TimeValue iteration = TimeValue.milliseconds(length.millis());
    return new OptionsBuilder()
        .include("^" + Readers.class.getName() + "." + method + "$")
        .mode(Mode.Throughput)
        .timeUnit(TimeUnit.SECONDS)
        .forks(1)
        .warmupIterations(length.warmUps())
        .warmupTime(iteration)
        .measurementIterations(length.iterations())
        .measurementTime(iteration)
        .threads(1)
        .jvmArgs("-Xms" + HEAP, "-Xmx" + HEAP)
        .addProfiler(GCProfiler.class)
        .shouldFailOnError(true)
        .build();
  }
}
