package dev.landfall.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.emulator.servicebus.EntitySettings;
import dev.landfall.emulator.servicebus.ServiceBusEmulator;
import dev.landfall.ledger.jdbc.JdbcLedger;
import dev.landfall.spi.LandingQuery;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several instances take from one queue, and some of them die.
 *
 * <p>{@code mvn verify -Dlandfall.servicebus.messages=10000} sends more than the 4,000 of every
 * build.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class CompetingInstancesTest {

  private static final int MESSAGES = Integer.getInteger("landfall.servicebus.messages", 4_000);
  private static final int INSTANCES = 4;
  private static final String QUEUE = "d365-events";

  @TempDir
  Path folder;

  /** What a dead instance held comes back when its lock runs out. */
  private final ServiceBusEmulator bus = ServiceBusEmulator.builder()
      .queue(QUEUE, EntitySettings.DEFAULT.withLockDuration(Duration.ofSeconds(5)))
      .build();

  private final List<ServiceBusProcess> instances = new ArrayList<>();

  @AfterEach
  void stop() {
    instances.forEach(ServiceBusProcess::kill);
    bus.close();
  }

  @Test
  void fourInstancesOfWhichTwoAreKilledLandEveryMessageOfAQueueOnce() throws Exception {
    try (Postgres postgres = Postgres.start(folder.resolve("postgres"));
        SmallFiles storage = SmallFiles.start()) {
      for (int i = 0; i < INSTANCES; i++) {
        instances.add(ServiceBusProcess.start(
            folder,
            "instance-" + i,
            postgres.url(),
            storage.address(),
            bus.connectionString(),
            QUEUE));
      }
      Town.await(
          () -> instances.stream().allMatch(ServiceBusProcess::hasStarted), "four instances");
      long begin = System.nanoTime();
      List<Announcement> sent = IntStream.range(0, MESSAGES)
          .mapToObj(number -> Announcement.numbered(number, storage.address()))
          .toList();
      bus.send(QUEUE, sent.stream().map(Announcement::message).toList());
      killAfter(MESSAGES / 5, instances.get(0));
      killAfter(MESSAGES / 2, instances.get(1));
      long killed = System.nanoTime();
      awaitCompleted(MESSAGES);
      long taken = System.nanoTime();
      try (Ledger ledger = JdbcLedger.on(Postgres.source(postgres.url()))) {
        Town.await(() -> ledger.backlog().pending() == 0, "nothing pending");
        requireAllStored(ledger);
      }
      long landed = System.nanoTime();
      // Before their ledger goes, of which they would complain.
      instances.forEach(ServiceBusProcess::kill);
      requireFiles(sent);
      assertEquals(MESSAGES, bus.completed(QUEUE));
      assertEquals(0, bus.count(QUEUE));
      assertEquals(List.of(), bus.deadLetters(QUEUE));
      System.out.printf(
          "%d messages: killed after %d ms, taken after %d ms, landed after %d ms; %d fetches; recorded %s, landed %s%n",
          MESSAGES,
          (killed - begin) / 1_000_000,
          (taken - begin) / 1_000_000,
          (landed - begin) / 1_000_000,
          storage.asked(),
          instances.stream().map(ServiceBusProcess::recorded).toList(),
          instances.stream().map(ServiceBusProcess::landed).toList());
      assertTrue(
          instances.stream().allMatch(instance -> instance.recorded() > 0), "one did nothing");
    }
  }

  private void killAfter(int completed, ServiceBusProcess instance) {
    awaitCompleted(completed);
    instance.kill();
  }

  private void awaitCompleted(int count) {
    Town.await(() -> bus.completed(QUEUE) >= count, count + " messages taken");
  }

  private static void requireAllStored(Ledger ledger) {
    assertEquals(
        MESSAGES,
        ledger.find(LandingQuery.all().in(LandingState.STORED), MESSAGES + 1).size());
    assertEquals(MESSAGES, ledger.find(LandingQuery.all(), MESSAGES + 1).size());
    assertEquals(List.of(), ledger.deadLetters(1));
  }

  private void requireFiles(List<Announcement> sent) throws IOException {
    Path exports = folder.resolve("exports");
    for (Announcement announcement : sent) {
      assertArrayEquals(
          SmallFiles.content(announcement.link().getPath()),
          Files.readAllBytes(exports.resolve(announcement.eventId())));
    }
    try (Stream<Path> files = Files.list(exports)) {
      assertEquals(sent.size(), files.count());
    }
  }
}
