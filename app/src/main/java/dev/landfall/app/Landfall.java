package dev.landfall.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code landfall}. */
@Command(
    name = "landfall",
    description = "Lands every Dynamics 365 Finance & Operations export in your storage.",
    mixinStandardHelpOptions = true,
    version = "landfall 0.1.0-SNAPSHOT",
    subcommands = DemoCommand.class)
final class Landfall {

  private Landfall() {}

  /**
   * Runs a command and exits with its status: 0 if all went well, 1 if not, 2 for a command line
   * that cannot be read.
   */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Landfall()).execute(arguments));
  }
}
