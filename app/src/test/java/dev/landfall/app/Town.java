package dev.landfall.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.emulator.DataProject;
import dev.landfall.emulator.Delivery;
import dev.landfall.emulator.Endpoint;
import dev.landfall.emulator.Export;
import dev.landfall.emulator.FinopsEmulator;
import dev.landfall.emulator.data.Entity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** An environment that exports under load, instances that are killed, and what must hold then. */
final class Town implements AutoCloseable {

  private static final int ROWS = 20;
  private static final int SENDERS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path folder;
  private final String database;
  private final FinopsEmulator finops =
      FinopsEmulator.builder().retryPause(Duration.ofMillis(20)).start();
  private final Set<Export> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicInteger number = new AtomicInteger();
  private final List<Instance> instances = new ArrayList<>();
  private final AtomicBoolean sending = new AtomicBoolean();
  private final List<Thread> senders = new ArrayList<>();

  Town(Path folder, String database) {
    this.folder = folder;
    this.database = database;
  }

  Instance start(String name, String mode) throws Exception {
    Instance instance = Instance.start(new House(folder, name, database), finops.address(), mode);
    instances.add(instance);
    Endpoint endpoint = finops.endpoint(instance.endpoint());
    assertTrue(instance.isAlive(), endpoint::toString);
    return instance;
  }

  /** Posts events to one more address. */
  void attach(Endpoint endpoint) {
    finops.endpoint(endpoint);
  }

  void kill(Instance instance) throws InterruptedException {
    instance.kill();
    finops.detach(instance.endpoint());
  }

  /** Exports rows that no other export has; whether somebody acknowledged the event. */
  boolean export() throws Exception {
    int mine = number.incrementAndGet();
    Entity unique = Entity.named("Unique", "UNIQUE").field("ID", row -> mine + "-" + row.number());
    Export export = finops.exportOne(DataProject.named("p").entity(unique, ROWS));
    boolean accepted =
        export.outcome().get(60, TimeUnit.SECONDS).stream().anyMatch(Delivery::accepted);
    if (accepted) {
      acknowledged.add(export);
    }
    return accepted;
  }

  /** Begins to export without pause. */
  void load() {
    sending.set(true);
    for (int i = 0; i < SENDERS; i++) {
      Thread sender = new Thread(() -> {
        while (sending.get()) {
          try {
            // While nobody is there, F&O's own time is not what is tested.
            TimeUnit.MILLISECONDS.sleep(export() ? 0 : 50);
          } catch (Exception e) {
            throw new AssertionError("An export failed.", e);
          }
        }
      });
      senders.add(sender);
      sender.start();
    }
  }

  void unload() {
    sending.set(false);
    senders.forEach(Town::join);
    senders.clear();
  }

  private static void join(Thread sender) {
    try {
      sender.join();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  void awaitAcknowledged(int count) {
    await(() -> acknowledged.size() >= count, "acknowledged exports");
  }

  int acknowledged() {
    return acknowledged.size();
  }

  URI address() {
    return finops.address();
  }

  /** What one looks for until it is there. */
  interface Condition {
    boolean holds() throws IOException, SQLException;
  }

  static void await(Condition condition, String what) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!condition.holds()) {
        assertTrue(System.nanoTime() < end, what);
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (IOException | SQLException | InterruptedException e) {
      throw new AssertionError(what, e);
    }
  }

  /** Waits until all that was acknowledged has landed, and requires that nothing landed twice. */
  void requireEachLandedOnce() throws Exception {
    Set<String> wanted =
        acknowledged.stream().map(export -> export.eventId() + ".csv").collect(Collectors.toSet());
    House house = new House(folder, "any", database);
    await(
        () -> house.storedFiles().containsAll(wanted)
            && house.storedRows("ID").size() == house.storedFiles().size() * ROWS,
        "every acknowledged export as file and rows");
    List<String> rows = house.storedRows("ID");
    assertEquals(rows.size(), new HashSet<>(rows).size(), "a row landed twice");
  }

  @Override
  public void close() {
    unload();
    instances.forEach(Instance::kill);
    finops.close();
  }
}
