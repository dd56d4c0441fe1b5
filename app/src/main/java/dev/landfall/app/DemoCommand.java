package dev.landfall.app;

import dev.landfall.app.demo.Demo;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the main job end to end on this machine. */
@Command(
    name = "demo",
    description = {
      "Starts an emulated F&O environment and a pipeline, exports three entities, and lands them as"
          + " files in a folder and as rows in a SQLite database.",
      "One event is delivered twice and lands once; one link expires and becomes a dead letter."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Leave files, database and ledger in DIR; by default they are removed.")
  private @Nullable Path keep;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "50000",
      description = "Rows of the largest export, vendor invoices; default ${DEFAULT-VALUE}.")
  private int rows;

  @Option(
      names = "--customers",
      paramLabel = "FILE",
      description = "One more export: a Customers V3 file of your own, delimited by commas.")
  private @Nullable Path customers;

  @Option(
      names = "--bars",
      description = "Draw progress bars, for a terminal; by default a line for what ends.")
  private boolean bars;

  @Override
  public Integer call() throws Exception {
    return new Demo(keep, rows, customers, bars).run(System.out) ? 0 : 1;
  }
}
