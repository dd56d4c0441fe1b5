package dev.landfall.bench.frame;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A running program that tells on its standard output, line by line, what it does.
 *
 * <p>A program that serves ends when its input ends ({@link Parent#awaitEnd}), so it never outlives
 * this process. What it says on standard error is passed on. Used by one thread.
 */
public final class Child implements AutoCloseable {

  private static final Duration FAREWELL = Duration.ofSeconds(20);
  private static final long LOOK_MILLIS = 5;

  /**
   * What a child said.
   *
   * @param text without the end of the line
   * @param nanos {@link System#nanoTime} of this process when it arrived
   */
  public record Line(String text, long nanos) {}

  /**
   * A child that did its work and ended.
   *
   * @param took from before its start to after its end
   * @param usage as last seen, some milliseconds before its end
   * @param lines all it said
   */
  public record Done(Duration took, Usage usage, List<String> lines) {}

  private final String name;
  private final Process process;
  private final Writer input;
  /** An empty one is the end. */
  private final BlockingQueue<Optional<Line>> lines = new LinkedBlockingQueue<>();

  private Child(String name, Process process) {
    this.name = name;
    this.process = process;
    this.input = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(this::readLines, "bench-reads-" + name);
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts a program.
   *
   * @param command which
   * @param folder its working directory
   * @return the child, to be closed
   * @throws IOException if it cannot be started
   */
  public static Child start(Command command, Path folder) throws IOException {
    return new Child(
        command.name(),
        new ProcessBuilder(command.words())
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /**
   * Runs a program to its end, without input.
   *
   * @param command which
   * @param folder its working directory
   * @param limit how long it may take
   * @return what it used and said
   * @throws IOException if it cannot be started, takes longer or ends with another status than 0
   * @throws InterruptedException if the thread is interrupted; the child is killed
   */
  public static Done run(Command command, Path folder, Duration limit)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    try (Child child = start(command, folder)) {
      child.input.close();
      Usage usage = child.usage();
      while (!child.process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        usage = usage.then(child.usage());
        if (System.nanoTime() - begin > limit.toNanos()) {
          throw new IOException("%s did not end within %s.".formatted(child.name, limit));
        }
      }
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      child.requireSuccess();
      List<String> said = new ArrayList<>();
      for (var line = child.lines.take(); line.isPresent(); line = child.lines.take()) {
        said.add(line.get().text());
      }
      return new Done(took, usage, said);
    }
  }

  private void readLines() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String text = output.readLine(); text != null; text = output.readLine()) {
        lines.add(Optional.of(new Line(text, System.nanoTime())));
      }
    } catch (IOException closed) {
      // It was killed; nobody waits for what it still said.
    } finally {
      lines.add(Optional.empty());
    }
  }

  /**
   * Waits for the next line.
   *
   * @param patience how long at most
   * @return the oldest line not yet taken
   * @throws IOException if there is none in time, or there will be none
   * @throws InterruptedException if the thread is interrupted
   */
  public Line next(Duration patience) throws IOException, InterruptedException {
    Optional<Line> line = lines.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    if (line == null) {
      throw new IOException("%s said nothing for %s.".formatted(name, patience));
    }
    if (line.isEmpty()) {
      lines.add(line);
      throw new IOException("%s said nothing more; its errors are above.".formatted(name));
    }
    return line.get();
  }

  /**
   * Hands over a line of input.
   *
   * @param line without its end
   * @throws IOException if the child takes no more
   */
  public void send(String line) throws IOException {
    input.write(line + "\n");
    input.flush();
  }

  /** {@return what it has used so far} */
  public Usage usage() {
    return Usage.of(process.toHandle());
  }

  /**
   * Ends the child's input and waits for its end.
   *
   * @return what it used up to then
   * @throws IOException if it stays, or ends with another status than 0
   * @throws InterruptedException if the thread is interrupted
   */
  public Usage end() throws IOException, InterruptedException {
    Usage usage = usage();
    input.close();
    if (!process.waitFor(FAREWELL.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new IOException("%s did not end with its input.".formatted(name));
    }
    requireSuccess();
    return usage;
  }

  private void requireSuccess() throws IOException {
    if (process.exitValue() != 0) {
      throw new IOException(
          "%s ended with status %d; its errors are above.".formatted(name, process.exitValue()));
    }
  }

  /** Kills the child if it is still there, and waits until it is gone. */
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
