package dev.landfall.app;

import dev.landfall.Pipeline;
import dev.landfall.Route;
import dev.landfall.event.EventFilters;
import dev.landfall.ledger.jdbc.JdbcLedger;
import dev.landfall.transport.servicebus.ServiceBusSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service in a process with little memory that handles what comes from a queue: prints how much
 * memory lives when it has handled so and so many events.
 */
final class ServiceBusMemoryProgram {

  private ServiceBusMemoryProgram() {}

  /**
   * Runs until its input ends.
   *
   * @param arguments how the bus is connected to, the queue, a folder, after how many events to
   *     look at the memory first, and after how many again
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments[2]);
    int first = Integer.parseInt(arguments[3]);
    int last = Integer.parseInt(arguments[4]);
    AtomicInteger handled = new AtomicInteger();
    Semaphore looks = new Semaphore(0);
    try (Pipeline pipeline = Pipeline.from(
            ServiceBusSource.queue(arguments[0], arguments[1]).build())
        .ledger(JdbcLedger.sqlite(folder.resolve("ledger.db")))
        .route(Route.named("exports").when(EventFilters.type(Announcement.TYPE)).handle(event -> {
          int now = handled.incrementAndGet();
          if (now == first || now == last) {
            looks.release();
          }
        }))
        .spool(folder.resolve("spool"))
        .build()) {
      pipeline.start();
      looks.acquire();
      System.out.println("first " + live());
      looks.acquire();
      System.out.println("last " + live());
      System.in.read();
    }
  }

  /** The least of a few readings, since work goes on meanwhile. */
  private static long live() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(
          least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
