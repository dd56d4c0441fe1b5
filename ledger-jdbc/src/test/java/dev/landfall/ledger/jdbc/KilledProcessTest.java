package dev.landfall.ledger.jdbc;

import static dev.landfall.ledger.jdbc.Samples.claim;
import static dev.landfall.ledger.jdbc.Samples.landing;
import static dev.landfall.ledger.jdbc.Samples.record;
import static dev.landfall.ledger.jdbc.Samples.stored;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Recorded;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class KilledProcessTest {

  private static final int ROUNDS = 5;

  @TempDir
  private Path folder;

  @Test
  @Timeout(120)
  void whatWasConfirmedIsThereAfterAKill() throws Exception {
    Random random = new Random(17);
    Path file = folder.resolve("ledger.db");
    Set<String> recorded = new TreeSet<>();
    Set<String> stored = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (String line : linesUntilKilled(file, "round " + round + "/", 50 + random.nextInt(800))) {
        String event = line.substring(line.indexOf(' ') + 1, line.length() - 2);
        (line.startsWith("stored") ? stored : recorded).add(event);
      }
      assertFalse(recorded.isEmpty());
      assertFalse(stored.isEmpty());
      try (JdbcLedger ledger = JdbcLedger.sqlite(file)) {
        Landing[] landings = recorded.stream().map(Samples::landing).toArray(Landing[]::new);
        List<Recorded> known = record(ledger, landings);
        assertEquals(
            List.of(), known.stream().filter(Recorded::isNew).toList(), "lost in round " + round);
        assertEquals(
            List.of(),
            known.stream()
                .filter(it -> stored.contains(it.id().event().value()))
                .filter(it -> it.state() != LandingState.STORED)
                .toList(),
            "stored, but to be done again in round " + round);
        Set<String> claimable = claim(ledger, 1_000_000).stream()
            .map(claim -> claim.landing().id().event().value())
            .collect(Collectors.toSet());
        for (Recorded each : known) {
          assertTrue(
              each.state() == LandingState.STORED
                  || claimable.contains(each.id().event().value()),
              each + " cannot be claimed after round " + round);
        }
      }
    }
  }

  @Test
  @Timeout(60)
  void anotherProcessIsKeptOutWhileTheLedgerIsOpen() throws Exception {
    Path file = folder.resolve("ledger.db");
    try (JdbcLedger ledger = JdbcLedger.sqlite(file)) {
      record(ledger, landing("a"));
      List<String> lines = linesUntilKilled(file, "other ", 1);
      assertEquals(1, lines.size());
      assertTrue(lines.get(0).startsWith("refused"), lines.get(0));
      assertTrue(lines.get(0).contains("belongs to one pipeline"), lines.get(0));
    }
  }

  /** Runs the other process until it has said so many lines, kills it, and tells all it said. */
  private List<String> linesUntilKilled(Path file, String name, int lines) throws Exception {
    Path errors = folder.resolve("errors");
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            // Being killed, it takes nothing away of what the driver unpacks.
            "-Djava.io.tmpdir=" + file.toAbsolutePath().getParent(),
            "-cp",
            System.getProperty("java.class.path"),
            RecordUntilKilled.class.getName(),
            file.toString(),
            name)
        .redirectError(errors.toFile())
        .start();
    try (BufferedReader output = process.inputReader()) {
      Set<String> said = new LinkedHashSet<>();
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        said.add(line);
        if (said.size() == lines) {
          // Through its handle, as the process itself would close its output with what is in it.
          process.toHandle().destroyForcibly();
        }
      }
      assertTrue(said.size() >= lines, () -> said.size() + " lines, then: " + text(errors));
      said.removeIf(line -> !line.endsWith(" ."));
      return List.copyOf(said);
    } finally {
      process.destroyForcibly();
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }
}
