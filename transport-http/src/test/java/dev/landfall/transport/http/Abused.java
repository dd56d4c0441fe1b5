package dev.landfall.transport.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;

/** The {@link AbuseTarget}, seen from outside. */
final class Abused implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;
  private final Writer input;
  private final int port;

  private Abused(Process process) throws IOException {
    this.process = process;
    output = process.inputReader();
    input = process.outputWriter();
    port = Integer.parseInt(output.readLine());
  }

  /** What the process tells of itself. */
  record State(long heapKib, long taken, long smuggled) {}

  static Abused start(Duration requestDeadline) throws IOException {
    return new Abused(new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            // It starts often and lives for moments.
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            System.getProperty("java.class.path"),
            AbuseTarget.class.getName(),
            Long.toString(requestDeadline.toMillis()))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start());
  }

  int port() {
    return port;
  }

  State state() throws IOException {
    input.write("\n");
    input.flush();
    String line = output.readLine();
    if (line == null) {
      throw new AssertionError("The webhook's process is gone.");
    }
    String[] parts = line.split(" ", -1);
    return new State(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
