package dev.landfall.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.emulator.servicebus.ServiceBusEmulator;
import dev.landfall.ledger.jdbc.JdbcLedger;
import dev.landfall.spi.LandingQuery;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Ledger;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many messages through a process with little memory.
 *
 * <p>{@code mvn verify -Dlandfall.servicebus.handled=100000} sends more than the 30,000 of every
 * build.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ServiceBusMemoryTest {

  private static final int MESSAGES = Integer.getInteger("landfall.servicebus.handled", 30_000);
  private static final int FIRST_LOOK = MESSAGES / 5;
  private static final long GROWTH = 4L << 20;
  private static final String QUEUE = "d365-events";
  private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

  @TempDir
  Path folder;

  private final ServiceBusEmulator bus =
      ServiceBusEmulator.builder().queue(QUEUE).build();

  @AfterEach
  void stop() {
    bus.close();
  }

  @Test
  void aLongStreamOfMessagesLeavesNothingBehindInMemory() throws Exception {
    bus.send(
        QUEUE,
        IntStream.range(0, MESSAGES)
            .mapToObj(number -> Announcement.numbered(number, NOWHERE).message())
            .toList());
    long begin = System.nanoTime();
    Process process = start();
    try (BufferedReader lines = process.inputReader()) {
      long first = live("first ", lines);
      long last = live("last ", lines);
      Town.await(() -> bus.completed(QUEUE) == MESSAGES, "all messages taken");
      System.out.printf(
          "%d messages after %d ms, live heap %d KiB after %d, %d KiB in the end%n",
          MESSAGES, (System.nanoTime() - begin) / 1_000_000, first >> 10, FIRST_LOOK, last >> 10);
      assertTrue(last - first < GROWTH, "live heap grew from %d to %d".formatted(first, last));
      process.getOutputStream().close();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the process does not end");
      assertEquals(0, process.exitValue());
    } finally {
      process.destroyForcibly().onExit().join();
    }
    assertEquals(0, bus.count(QUEUE));
    assertEquals(List.of(), bus.deadLetters(QUEUE));
    try (Ledger ledger = JdbcLedger.sqlite(folder.resolve("ledger.db"))) {
      assertEquals(0, ledger.backlog().pending());
      assertEquals(
          MESSAGES,
          ledger.find(LandingQuery.all().in(LandingState.STORED), MESSAGES + 1).size());
    }
  }

  private static long live(String when, BufferedReader lines) throws IOException {
    String line = lines.readLine();
    assertNotNull(line, "the process ended");
    assertTrue(line.startsWith(when), line);
    return Long.parseLong(line.substring(when.length()));
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx48m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            ServiceBusMemoryProgram.class.getName(),
            bus.connectionString(),
            QUEUE,
            folder.toString(),
            Integer.toString(FIRST_LOOK),
            Integer.toString(MESSAGES))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
