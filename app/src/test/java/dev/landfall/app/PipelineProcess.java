package dev.landfall.app;

import dev.landfall.Pipeline;
import dev.landfall.event.BusinessEvent;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import dev.landfall.spi.FileSink;
import dev.landfall.spi.PipelineListener;
import dev.landfall.spi.Step;
import dev.landfall.transport.http.Webhook;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * A service in a process of its own, to be killed: prints where it listens, then what has landed.
 */
final class PipelineProcess {

  private PipelineProcess() {}

  /**
   * Runs until it is killed.
   *
   * @param arguments of the house: folder, instance, database; then the storage, and {@code stuck}
   *     for sinks that never return
   */
  public static void main(String[] arguments) throws InterruptedException {
    House house = new House(Path.of(arguments[0]), arguments[1], arguments[2]);
    boolean stuck = arguments[4].equals("stuck");
    Webhook webhook = house.webhook();
    try (Pipeline pipeline = house.pipeline(
        webhook,
        house.ledger(),
        URI.create(arguments[3]),
        new Prints(),
        sink -> stuck ? new Stuck(sink) : sink)) {
      pipeline.start();
      System.out.println("listening " + webhook.uri());
      pipeline.awaitClose();
    }
  }

  private static final class Prints implements PipelineListener {
    @Override
    public void landed(Step step, BusinessEvent event) {
      System.out.println("landed " + step.id().event());
    }
  }

  private record Stuck(FileSink sink) implements FileSink {
    @Override
    public String name() {
      return sink.name();
    }

    @Override
    public Receipt store(ExportedFile file) throws InterruptedException {
      new CountDownLatch(1).await();
      throw new IllegalStateException("never");
    }
  }
}
