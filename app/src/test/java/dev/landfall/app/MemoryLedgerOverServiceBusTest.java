package dev.landfall.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.landfall.FolderSink;
import dev.landfall.Pipeline;
import dev.landfall.Route;
import dev.landfall.download.HostPolicy;
import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.emulator.servicebus.BusMessage;
import dev.landfall.emulator.servicebus.EntitySettings;
import dev.landfall.emulator.servicebus.ServiceBusEmulator;
import dev.landfall.event.BusinessEvent;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import dev.landfall.spi.Delivery;
import dev.landfall.spi.FileSink;
import dev.landfall.spi.PipelineListener;
import dev.landfall.spi.Recorded;
import dev.landfall.transport.servicebus.ServiceBusSource;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a ledger that is not durable the broker keeps a message until its file is stored. */
@Timeout(90)
class MemoryLedgerOverServiceBusTest {

  private static final String QUEUE = "d365-events";
  private static final Duration LOCK = Duration.ofSeconds(2);
  private static final Duration RENEWAL = Duration.ofMillis(500);
  private static final Duration DROP = Duration.ofMillis(250);
  private static final int DROPS = 20;

  @TempDir
  Path folder;

  private final ServiceBusEmulator bus = ServiceBusEmulator.builder()
      .queue(QUEUE, EntitySettings.DEFAULT.withLockDuration(LOCK))
      .build();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger fetches = new AtomicInteger();
  private final CountDownLatch halfway = new CountDownLatch(1);
  private final AtomicInteger stores = new AtomicInteger();
  private final Seen seen = new Seen();
  private HttpServer storage;
  private Announcement announcement;

  /** Counts what reaches the pipeline. */
  private static final class Seen implements PipelineListener {

    private final AtomicInteger deliveries = new AtomicInteger();
    private final AtomicInteger duplicates = new AtomicInteger();

    @Override
    public void received(BusinessEvent event, Delivery delivery) {
      deliveries.incrementAndGet();
    }

    @Override
    public void duplicate(Recorded known) {
      duplicates.incrementAndGet();
    }
  }

  /** Counts how often a file is stored. */
  private record Counted(FileSink sink, AtomicInteger count) implements FileSink {
    @Override
    public String name() {
      return sink.name();
    }

    @Override
    public Receipt store(ExportedFile file) throws Exception {
      count.incrementAndGet();
      return sink.store(file);
    }
  }

  @BeforeEach
  void start() throws IOException {
    storage = HttpServer.create(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 8);
    storage.setExecutor(threads);
    storage.createContext("/", this::drip);
    storage.start();
    announcement = Announcement.numbered(
        1, URI.create("http://127.0.0.1:" + storage.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    bus.close();
    storage.stop(0);
    threads.shutdownNow();
  }

  /** Takes more than twice as long as a lock lasts. */
  private void drip(HttpExchange exchange) throws IOException {
    fetches.incrementAndGet();
    exchange.sendResponseHeaders(200, DROPS);
    try (OutputStream out = exchange.getResponseBody()) {
      for (int drop = 0; drop < DROPS; drop++) {
        out.write('a' + drop);
        out.flush();
        if (drop == DROPS / 2) {
          halfway.countDown();
        }
        TimeUnit.NANOSECONDS.sleep(DROP.toNanos());
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private Pipeline pipeline() {
    return Pipeline.from(ServiceBusSource.queue(bus.connectionString(), QUEUE)
            .renewEvery(RENEWAL)
            .build())
        .route(Route.named("exports")
            .fetch(PayloadUrlLocator.field("DownloadURL"))
            .store(new Counted(FolderSink.at(folder.resolve("exports")).key("{eventId}"), stores)))
        .hosts(HostPolicy.nothing().trust(announcement.link()))
        .spool(folder.resolve("spool"))
        .listener(seen)
        .build();
  }

  private void requireStoredOnce() throws IOException {
    assertArrayEquals(
        "abcdefghijklmnopqrst".getBytes(StandardCharsets.US_ASCII),
        Files.readAllBytes(folder.resolve("exports").resolve(announcement.eventId())));
    assertEquals(1, stores.get());
    assertEquals(1, fetches.get());
    assertEquals(1, bus.completed(QUEUE));
    assertEquals(0, bus.count(QUEUE));
    assertEquals(List.of(), bus.deadLetters(QUEUE));
  }

  @Test
  void aMessageIsHeldOverManyLocksUntilItsFileIsStored() throws Exception {
    try (Pipeline pipeline = pipeline()) {
      pipeline.start();
      bus.send(QUEUE, announcement.message());
      halfway.await();
      BusMessage held = bus.messages(QUEUE).get(0);
      assertEquals(BusMessage.State.LOCKED, held.state());
      assertEquals(0, held.deliveryCount());
      Town.await(() -> bus.count(QUEUE) == 0, "an empty queue");
      requireStoredOnce();
      assertEquals(1, seen.deliveries.get());
      assertEquals(0, seen.duplicates.get());
    }
  }

  @Test
  void aMessageWhoseConnectionIsCutIsStillCompletedWithItsFile() throws Exception {
    strikeHalfway(bus.faults()::dropConnections);
    // Whether its lock outlives the cut is a race, and does not matter.
    assertEquals(1 + seen.duplicates.get(), seen.deliveries.get());
  }

  @Test
  void aMessageWhoseLockIsLostComesAgainAndSharesTheFile() throws Exception {
    strikeHalfway(() -> bus.faults().loseLocks(QUEUE));
    assertEquals(2, seen.deliveries.get());
    assertEquals(1, seen.duplicates.get());
  }

  @Test
  void aMessageThatIsLostWithItsConnectionComesAgainAndIsKnown() throws Exception {
    strikeHalfway(() -> {
      bus.faults().dropConnections();
      bus.faults().loseLocks(QUEUE);
    });
    assertEquals(2, seen.deliveries.get());
    assertEquals(1, seen.duplicates.get());
  }

  private void strikeHalfway(Runnable fault) throws Exception {
    try (Pipeline pipeline = pipeline()) {
      pipeline.start();
      bus.send(QUEUE, announcement.message());
      halfway.await();
      fault.run();
      Town.await(() -> bus.count(QUEUE) == 0, "an empty queue");
      requireStoredOnce();
    }
  }
}
