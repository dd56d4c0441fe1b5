package dev.landfall.sink.s3;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real server in a process of its own on a free port of this machine. */
abstract class S3Process extends S3Server {

  /** Where the build puts the servers, and they what they store. */
  static final Path PROGRAMS = Path.of("target", "servers");

  private static final Duration START = Duration.ofSeconds(90);

  private @Nullable Path folder;
  private @Nullable Process process;

  S3Process(String name) {
    super(name, "id-" + UUID.randomUUID(), UUID.randomUUID().toString());
  }

  /**
   * {@return the program and its arguments}
   *
   * @param folder empty, for all that it stores
   */
  abstract List<String> command(Path folder) throws IOException;

  /** {@return what finds the port in a line of its log; it serves once it says so} */
  abstract Pattern listening();

  @Override
  final URI start() throws Exception {
    folder = Files.createTempDirectory(PROGRAMS.toAbsolutePath(), this + "-");
    Process started =
        new ProcessBuilder(command(folder)).redirectErrorStream(true).start();
    process = started;
    // It must not outlive tests that are broken off.
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    return URI.create("http://127.0.0.1:" + port(started));
  }

  private int port(Process started) throws Exception {
    CompletableFuture<Integer> port = new CompletableFuture<>();
    Thread reader = new Thread(() -> readLog(started, port), this + "-log");
    reader.setDaemon(true);
    reader.start();
    try {
      return port.get(START.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException failure) {
      started.destroyForcibly();
      throw new IOException(this + " does not start.", failure);
    }
  }

  private void readLog(Process started, CompletableFuture<Integer> port) {
    List<String> beginning = new ArrayList<>();
    try (BufferedReader log = started.inputReader(StandardCharsets.UTF_8)) {
      // It is read to its end: a server whose log is full stands still.
      for (String line = log.readLine(); line != null; line = log.readLine()) {
        Matcher told = listening().matcher(line);
        if (port.isDone()) {
          continue;
        }
        beginning.add(line);
        if (told.find()) {
          port.complete(Integer.parseInt(told.group(1)));
        }
      }
    } catch (IOException gone) {
      // It was stopped.
    } finally {
      port.completeExceptionally(new IOException(String.join("\n", beginning)));
    }
  }

  @Override
  final void stop() throws Exception {
    Process stopped = Objects.requireNonNull(process);
    stopped.destroyForcibly();
    stopped.waitFor();
    try (Stream<Path> all = Files.walk(Objects.requireNonNull(folder))) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
