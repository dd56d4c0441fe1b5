package dev.landfall.bench;

import dev.landfall.bench.download.DownloadLarge;
import dev.landfall.bench.download.DownloadSmall;
import dev.landfall.bench.frame.Case;
import dev.landfall.bench.frame.Folders;
import dev.landfall.bench.frame.Outcome;
import dev.landfall.bench.frame.Results;
import dev.landfall.bench.frame.Rounds;
import dev.landfall.bench.frame.Table;
import dev.landfall.bench.intake.Intake;
import dev.landfall.bench.landing.LandingSmall;
import dev.landfall.bench.latency.DemoLatency;
import dev.landfall.bench.ledger.LedgerGrowth;
import dev.landfall.bench.reading.EventReading;
import dev.landfall.bench.rows.RowsBesidePeers;
import dev.landfall.bench.rows.RowsUtf16;
import dev.landfall.bench.s3.S3Large;
import dev.landfall.bench.s3.S3Small;
import dev.landfall.bench.servicebus.ServiceBus;
import dev.landfall.bench.webhook.WebhookSpeed;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What {@code ./bench} starts. */
public final class Bench {

  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private final List<Case> cases;
  private final Path home;
  private final Clock clock;
  private final PrintStream out;
  private final PrintStream progress;

  Bench(List<Case> cases, Path home, Clock clock, PrintStream out, PrintStream progress) {
    this.cases = cases;
    this.home = home;
    this.clock = clock;
    this.out = out;
    this.progress = progress;
  }

  /**
   * Lists the cases or runs one, and exits: 0 if all went well, 1 if not, 2 if there is no such
   * case.
   *
   * @param arguments the folder of this module, then the name of a case or nothing
   * @throws InterruptedException if it is broken off
   */
  public static void main(String[] arguments) throws InterruptedException {
    List<Case> cases = List.of(
        new DemoLatency(),
        new EventReading(),
        new Intake(),
        new LandingSmall(),
        new DownloadLarge(),
        new DownloadSmall(),
        new LedgerGrowth(),
        RowsBesidePeers.append(),
        RowsBesidePeers.upsert(),
        new RowsUtf16(),
        new S3Large(),
        new S3Small(),
        new ServiceBus(),
        new WebhookSpeed());
    Bench bench =
        new Bench(cases, Path.of(arguments[0]), Clock.systemUTC(), System.out, System.err);
    System.exit(bench.run(List.of(arguments).subList(1, arguments.length)));
  }

  int run(List<String> names) throws InterruptedException {
    if (names.isEmpty()) {
      list(out);
      return 0;
    }
    Optional<Case> found =
        cases.stream().filter(one -> names.equals(List.of(one.name()))).findFirst();
    if (found.isEmpty()) {
      progress.println("There is no case %s; there are:".formatted(String.join(" ", names)));
      list(progress);
      return MISUSED;
    }
    try {
      run(found.get());
      return 0;
    } catch (IOException failure) {
      progress.println(failure.getMessage());
      return FAILED;
    }
  }

  private void list(PrintStream to) {
    cases.forEach(one -> to.printf("  %-20s %s%n", one.name(), one.description()));
  }

  private void run(Case one) throws IOException, InterruptedException {
    // Not the system's folder for temporary files, which may be memory that never waits for a disk.
    Path work = home.resolve("target").resolve("work");
    Folders.remove(work);
    Files.createDirectories(work);
    Outcome outcome = Rounds.play(one, work, progress::println);
    Path results = Results.write(home.resolve("results"), outcome, clock.instant());
    progress.println();
    Table.of(outcome).forEach(out::println);
    progress.println("\nWritten to " + results + ".");
  }
}
