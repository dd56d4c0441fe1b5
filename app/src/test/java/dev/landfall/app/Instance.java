package dev.landfall.app;

import dev.landfall.emulator.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A {@link PipelineProcess} in a process of its own, and what it said has landed. */
final class Instance {

  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final Set<String> landed = new ConcurrentSkipListSet<>();
  private final CountDownLatch listening = new CountDownLatch(1);
  private volatile @Nullable Endpoint endpoint;

  private Instance(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  static Instance start(House house, URI storage, String mode) throws IOException {
    return new Instance(new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            // It starts often and lives for moments.
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            // Being killed, it takes nothing away of what drivers unpack.
            "-Djava.io.tmpdir=" + house.folder(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            PipelineProcess.class.getName(),
            house.folder().toString(),
            house.instance(),
            house.database(),
            storage.toString(),
            mode)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start());
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("landed ")) {
          landed.add(line.substring("landed ".length()));
        } else if (line.startsWith("listening ")) {
          String address = line.substring("listening ".length());
          endpoint = Endpoint.at(URI.create(address + "?code=" + House.SECRET));
          listening.countDown();
        }
      }
    } catch (IOException killed) {
      // What it said until then counts.
    }
  }

  Endpoint endpoint() throws InterruptedException {
    Endpoint heard = listening.await(PATIENCE_SECONDS, TimeUnit.SECONDS) ? endpoint : null;
    if (heard == null) {
      throw new AssertionError("The process did not begin to listen.");
    }
    return heard;
  }

  Set<String> landed() {
    return landed;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL, where there is one. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }
}
