package dev.landfall.bench.ledger;

import dev.landfall.bench.frame.Case;
import dev.landfall.bench.frame.Child;
import dev.landfall.bench.frame.Command;
import dev.landfall.bench.frame.Comparison;
import dev.landfall.bench.frame.Measured;
import dev.landfall.bench.frame.Metric;
import dev.landfall.bench.frame.Subject;
import dev.landfall.bench.load.EventIds;
import dev.landfall.ledger.jdbc.JdbcLedger;
import dev.landfall.spi.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What an event costs a ledger that has landed millions and has a backlog, beside an empty one.
 *
 * <p>A turn is a virtual machine that records events and then lands as many. So the full ledger has
 * the same backlog after each turn, and a few thousand stored landings more among its millions.
 */
public final class LedgerGrowth implements Case {

  static final Metric RATE = Metric.rate("rate", "1/s");
  static final Metric RECORD = Metric.rate("record", "1/s");
  static final Metric LAND = Metric.rate("claim and settle", "1/s");

  private static final String EMPTY = "empty";
  private static final String FULL = "full";
  private static final String HEAP = "256m";
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Size size;
  private long turns;

  /** Creates the case as it is measured: 5,000,000 landings stored, 100,000 waiting. */
  public LedgerGrowth() {
    this(new Size(5, 5_000_000, 100_000, 10_000, 20_000));
  }

  LedgerGrowth(Size size) {
    this.size = size;
  }

  @Override
  public String name() {
    return "ledger-growth";
  }

  @Override
  public String description() {
    return "record, claim and settle in a ledger of millions, beside an empty one";
  }

  @Override
  public int rounds() {
    return size.rounds();
  }

  @Override
  public List<Subject> subjects(Path folder) throws IOException {
    LedgerFile full = LedgerFile.at(folder.resolve("full.db"));
    full.create(size.stored());
    fill(full);
    return List.of(
        new Subject(EMPTY, own -> turn(own, LedgerFile.at(own.resolve("empty.db")), 0)),
        new Subject(FULL, own -> turn(own, full, size.backlog())));
  }

  private void fill(LedgerFile file) throws IOException {
    try (Ledger ledger = JdbcLedger.sqlite(file.path());
        Traffic traffic = new Traffic(ledger, new EventIds(turns))) {
      traffic.record(size.backlog());
    } catch (InterruptedException brokenOff) {
      Thread.currentThread().interrupt();
      throw new IOException("The ledger was not filled.", brokenOff);
    }
  }

  @Override
  public List<Comparison> comparisons() {
    return List.of(
        Comparison.of(FULL, EMPTY, RATE),
        Comparison.of(FULL, EMPTY, RECORD).called("record"),
        Comparison.of(FULL, EMPTY, LAND).called("claim and settle"));
  }

  private Measured turn(Path folder, LedgerFile file, int backlog)
      throws IOException, InterruptedException {
    turns++;
    Child.Done done = Child.run(
        Command.java(
            LedgerProgram.class,
            HEAP,
            file.path().toString(),
            Long.toString(turns),
            Integer.toString(size.warmUp()),
            Integer.toString(size.events())),
        folder,
        LIMIT);
    requireWaiting(file, backlog);
    double recorded = Long.parseLong(done.lines().get(0)) / 1e9;
    double landed = Long.parseLong(done.lines().get(1)) / 1e9;
    return Measured.nothing()
        .with(RATE, size.events() / (recorded + landed))
        .with(RECORD, size.events() / recorded)
        .with(LAND, size.events() / landed)
        .with(done.usage());
  }

  /** What was recorded was landed too, no more and no less. */
  static void requireWaiting(LedgerFile file, long backlog) throws IOException {
    long waiting = file.landings() - file.stored();
    if (waiting != backlog) {
      throw new IOException(
          "A turn leaves a backlog of %d landings; it left %d.".formatted(backlog, waiting));
    }
  }
}
