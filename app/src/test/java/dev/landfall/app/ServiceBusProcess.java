package dev.landfall.app;

import dev.landfall.FolderSink;
import dev.landfall.Pipeline;
import dev.landfall.Route;
import dev.landfall.download.HostPolicy;
import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.event.BusinessEvent;
import dev.landfall.event.EventFilters;
import dev.landfall.ledger.jdbc.JdbcLedger;
import dev.landfall.spi.Arrival;
import dev.landfall.spi.PipelineListener;
import dev.landfall.spi.RetryPolicy;
import dev.landfall.spi.Step;
import dev.landfall.transport.servicebus.ServiceBusSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * A service in a process of its own that takes its events from a queue, to be killed: prints that
 * it has started, then what has landed.
 */
final class ServiceBusProcess {

  private static final Duration LEASE = Duration.ofSeconds(3);

  private final Process process;
  private final Path said;

  private ServiceBusProcess(Process process, Path said) {
    this.process = process;
    this.said = said;
  }

  /**
   * Runs until it is killed.
   *
   * @param arguments the folder, the name of the instance, the ledger's database, the storage, how
   *     the bus is connected to, and the queue
   */
  public static void main(String[] arguments) throws InterruptedException {
    Path folder = Path.of(arguments[0]);
    ServiceBusSource source = ServiceBusSource.queue(arguments[4], arguments[5])
        .renewEvery(Duration.ofSeconds(1))
        .build();
    try (Pipeline pipeline = Pipeline.from(source)
        .ledger(JdbcLedger.on(Postgres.source(arguments[2])))
        .route(Route.named("exports")
            .when(EventFilters.type(Announcement.TYPE))
            .fetch(PayloadUrlLocator.field("DownloadURL"))
            .store(FolderSink.at(folder.resolve("exports")).key("{eventId}")))
        .hosts(HostPolicy.nothing().trust(URI.create(arguments[3])))
        .retry(RetryPolicy.upTo(Duration.ofMinutes(5))
            .backingOff(Duration.ofMillis(10), Duration.ofMillis(100)))
        .spool(folder.resolve("spool-" + arguments[1]))
        .lease(LEASE)
        .listener(new Prints())
        .build()) {
      pipeline.start();
      System.out.println("started");
      pipeline.awaitClose();
    }
  }

  private static final class Prints implements PipelineListener {
    @Override
    public void recorded(Step step, Arrival arrival) {
      System.out.println("recorded");
    }

    @Override
    public void landed(Step step, BusinessEvent event) {
      System.out.println("landed");
    }
  }

  static ServiceBusProcess start(
      Path folder, String name, String database, URI storage, String bus, String queue)
      throws IOException {
    Path said = folder.resolve(name + ".txt");
    return new ServiceBusProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                // It starts often and lives for moments.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ServiceBusProcess.class.getName(),
                folder.toString(),
                name,
                database,
                storage.toString(),
                bus,
                queue)
            .redirectOutput(said.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start(),
        said);
  }

  boolean hasStarted() {
    return process.isAlive() && said("started") > 0;
  }

  long recorded() {
    return said("recorded");
  }

  long landed() {
    return said("landed");
  }

  private long said(String what) {
    try (Stream<String> lines = Files.lines(said)) {
      return lines.filter(what::equals).count();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** SIGKILL, where there is one. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }
}
