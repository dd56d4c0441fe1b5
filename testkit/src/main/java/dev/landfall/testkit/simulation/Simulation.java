package dev.landfall.testkit.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs Landfall's engine with a sink through seeded runs of everything that can go wrong, and
 * checks after each that every acknowledged event is stored exactly once, or is a dead letter with
 * a cause.
 *
 * <p>A run has one to three processes on one ledger. Between any two of their steps chance, drawn
 * from the run's seed alone, may let another thread go first, let time pass, jump a clock, freeze a
 * process until its leases run out, crash it, or cut its power. Deliveries repeat and change their
 * order; the ledger, the network, the disk and the way to the sink fail, before and after their
 * effect. No time is waited for, and one thread moves at a time; so a seed plays the same run
 * again, as far as the sink does the same again.
 *
 * <pre>{@code
 * @Test
 * void storesOnceWhateverHappens() {
 *   Simulation.of(new TableUnderTest()).runs(1_000).run();
 * }
 * }</pre>
 *
 * <p>The sink itself is called between two steps: it may do real work, but a crash in its middle is
 * not simulated. What the engine logs at faults is best switched off, for
 * {@code dev.landfall.engine}. An immutable value.
 */
public final class Simulation {

  /** The system property that says how many runs there are instead of {@link #runs}. */
  public static final String RUNS = "landfall.simulation.runs";

  private static final int LAST_STEPS = 60;

  private final SinkUnderTest sink;
  private final Planted planted;
  private final long seed;
  private final int runs;
  private final Path folder;

  private Simulation(SinkUnderTest sink, Planted planted, long seed, int runs, Path folder) {
    this.sink = sink;
    this.planted = planted;
    this.seed = seed;
    this.runs = runs;
    this.folder = folder;
  }

  /**
   * {@return a simulation of 1000 runs from seed 1}
   *
   * @param sink how it is opened and read
   */
  public static Simulation of(SinkUnderTest sink) {
    Path memory = Path.of("/dev/shm");
    Path folder = Files.isWritable(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir"));
    return new Simulation(sink, Planted.nothing(), 1, 1_000, folder);
  }

  /**
   * {@return this simulation with another number of runs}
   *
   * @param count at least 1; the system property {@value #RUNS} overrides it
   */
  public Simulation runs(int count) {
    return new Simulation(sink, planted, seed, Integer.getInteger(RUNS, count), folder);
  }

  /**
   * {@return this simulation with other seeds}
   *
   * @param first of the first run; each next run has the next number
   */
  public Simulation seed(long first) {
    return new Simulation(sink, planted, first, runs, folder);
  }

  /**
   * {@return this simulation in another folder} By default it works where Linux keeps files in
   * memory, {@code /dev/shm}, or else in the system's folder for temporary files.
   *
   * @param parent gets a folder for each run, which is removed after it
   */
  public Simulation in(Path parent) {
    return new Simulation(sink, planted, seed, runs, parent);
  }

  Simulation with(Planted bugs) {
    return new Simulation(sink, bugs, seed, runs, folder);
  }

  /**
   * Plays all runs, several at once.
   *
   * @return what they met with
   * @throws AssertionError if a run breaks a law: names its seed, the laws, and what happened last
   */
  public Explored run() {
    Series series = new Series(seed, runs);
    List<Thread> threads = Stream.generate(() -> new Thread(() -> play(series), "simulation"))
        .limit(Runtime.getRuntime().availableProcessors())
        .toList();
    threads.forEach(Thread::start);
    threads.forEach(Simulation::join);
    return series.result();
  }

  private void play(Series series) {
    try (Lanes lanes = new Lanes()) {
      for (OptionalLong next = series.next(); next.isPresent(); next = series.next()) {
        long one = next.getAsLong();
        try {
          Run run = play(one, lanes);
          series.played(run);
          if (run.trace().isBroken()) {
            series.failed(one, error(one, run.trace()));
          }
        } catch (Throwable thrown) {
          series.failed(one, thrown);
        }
      }
    }
  }

  /**
   * Plays one run again and tells all of its steps.
   *
   * @param failing the seed
   * @param line takes each step
   * @throws AssertionError if the run breaks a law
   */
  public void replay(long failing, Consumer<String> line) {
    try (Lanes lanes = new Lanes()) {
      Trace trace = play(failing, lanes).trace();
      trace.lines().forEach(line);
      if (trace.isBroken()) {
        throw error(failing, trace);
      }
    }
  }

  private Run play(long one, Lanes lanes) {
    try {
      Path root = Files.createTempDirectory(folder, "landfall-");
      try {
        Run run = new Run(one, root, sink, planted, lanes);
        run.play();
        return run;
      } finally {
        remove(root);
      }
    } catch (Exception e) {
      throw new IllegalStateException("The run of seed " + one + " could not be played.", e);
    }
  }

  private static AssertionError error(long seed, Trace trace) {
    AssertionError error = new AssertionError(
        "Seed %d breaks the laws:\n  %s\nReplay it with .replay(%dL, System.out::println). After %d steps it ends so:\n%s"
            .formatted(
                seed,
                String.join("\n  ", trace.broken()),
                seed,
                trace.steps(),
                String.join("\n", trace.lastLines(LAST_STEPS))));
    trace.causes().forEach(error::addSuppressed);
    return error;
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void remove(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
