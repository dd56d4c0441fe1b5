package dev.landfall.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.emulator.DataProject;
import dev.landfall.emulator.Delivery;
import dev.landfall.emulator.Endpoint;
import dev.landfall.emulator.Export;
import dev.landfall.emulator.FinopsEmulator;
import dev.landfall.emulator.data.Entity;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged lands once, whenever the process is killed. */
@Timeout(180)
class KilledPipelineTest {

  private static final int ROWS = 20;

  @TempDir
  Path folder;

  private final FinopsEmulator finops =
      FinopsEmulator.builder().retryPause(Duration.ofMillis(5)).start();
  private final List<Export> acknowledged = new ArrayList<>();

  /** A pipeline in a child process. */
  private record Child(Process process, BufferedReader output, Endpoint endpoint)
      implements AutoCloseable {

    static Child start(Path folder, URI storage, String mode) throws IOException {
      Process process = new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-cp",
              System.getProperty("java.class.path"),
              PipelineProcess.class.getName(),
              folder.toString(),
              storage.toString(),
              mode)
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
      BufferedReader output = process.inputReader();
      String first = String.valueOf(output.readLine());
      assertTrue(first.startsWith("listening "), first);
      URI address = URI.create(first.substring("listening ".length()) + "?code=" + House.SECRET);
      return new Child(process, output, Endpoint.at(address));
    }

    void awaitLanded(Set<String> events) throws IOException {
      Set<String> missing = new TreeSet<>(events);
      while (!missing.isEmpty()) {
        String line = output.readLine();
        if (line == null) {
          throw new AssertionError("The process ended before these had landed: " + missing);
        }
        missing.remove(line.replace("landed ", ""));
      }
    }

    void awaitNextLanding() throws IOException {
      assertTrue(String.valueOf(output.readLine()).startsWith("landed "), "the process ended");
    }

    /** SIGKILL, where there is one. */
    @Override
    public void close() throws IOException {
      process.destroyForcibly().onExit().join();
      output.close();
    }
  }

  private Child start(String mode) throws IOException {
    Child child = Child.start(folder, finops.address(), mode);
    finops.endpoint(child.endpoint());
    return child;
  }

  private void kill(Child child) throws IOException {
    child.close();
    finops.detach(child.endpoint());
  }

  /** Exports rows that no other export has, and waits until the event is acknowledged. */
  private boolean export(int number) throws Exception {
    Entity unique =
        Entity.named("Unique", "UNIQUE").field("ID", row -> number + "-" + row.number());
    Export export = finops.exportOne(DataProject.named("p").entity(unique, ROWS));
    boolean accepted =
        export.outcome().get(60, TimeUnit.SECONDS).stream().anyMatch(Delivery::accepted);
    if (accepted) {
      acknowledged.add(export);
    }
    return accepted;
  }

  private void requireEachLandedOnce() throws Exception {
    assertEquals(
        acknowledged.stream().map(export -> export.eventId() + ".csv").sorted().toList(),
        house().storedFiles());
    List<String> rows = house().storedRows("ID");
    assertEquals(acknowledged.size() * ROWS, rows.size());
    assertEquals(rows.size(), Set.copyOf(rows).size(), "no row twice");
  }

  private House house() {
    return new House(folder);
  }

  private Set<String> acknowledgedIds() {
    return acknowledged.stream().map(Export::eventId).collect(Collectors.toSet());
  }

  @Test
  void aKillBetweenTheAnswerAndTheStoreLosesNothing() throws Exception {
    Child first = start("stuck");
    for (int i = 0; i < 30; i++) {
      assertTrue(export(i), "the event is acknowledged although no sink ever returns");
    }
    kill(first);
    assertEquals(List.of(), house().storedFiles());
    try (Child second = start("working")) {
      second.awaitLanded(acknowledgedIds());
    }
    requireEachLandedOnce();
  }

  @Test
  void killsAtAnyMomentLoseNothingAndStoreNothingTwice() throws Exception {
    Random random = new Random(11);
    int number = 0;
    for (int round = 0; round < 5; round++) {
      Child child = start("working");
      for (int i = random.nextInt(12) + 1; i > 0; i--) {
        assertTrue(export(number++));
      }
      kill(child);
    }
    try (Child last = start("working")) {
      assertTrue(export(number));
      // What landed before a kill is not printed again, so each line is a reason to look.
      while (house().storedRows("ID").size() < acknowledged.size() * ROWS
          || house().storedFiles().size() < acknowledged.size()) {
        last.awaitNextLanding();
      }
    }
    requireEachLandedOnce();
  }
}
