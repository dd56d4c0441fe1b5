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
import org.junit.jupiter.api.AfterEach;
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
  private final List<Child> children = new ArrayList<>();
  private Endpoint endpoint = Endpoint.at(URI.create("http://127.0.0.1:1/nobody"));

  /** A pipeline in a child process, and what it said has landed. */
  private record Child(Process process, BufferedReader output, Set<String> landed) {

    static Child start(Path folder, URI storage, String mode) throws IOException {
      Process process = new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "--enable-native-access=ALL-UNNAMED",
              "-cp",
              System.getProperty("java.class.path"),
              PipelineProcess.class.getName(),
              folder.toString(),
              storage.toString(),
              mode)
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
      return new Child(process, process.inputReader(), new TreeSet<>());
    }

    /** What landed before the sources were started is said first. */
    Endpoint awaitEndpoint() throws IOException {
      String line = nextLine();
      while (!line.startsWith("listening ")) {
        line = nextLine();
      }
      return Endpoint.at(
          URI.create(line.substring("listening ".length()) + "?code=" + House.SECRET));
    }

    void awaitLanded(Set<String> events) throws IOException {
      while (!landed.containsAll(events)) {
        nextLine();
      }
    }

    String nextLine() throws IOException {
      String line = output.readLine();
      if (line == null) {
        throw new AssertionError("The process ended; landed were " + landed);
      }
      if (line.startsWith("landed ")) {
        landed.add(line.substring("landed ".length()));
      }
      return line;
    }
  }

  private Child start(String mode) throws IOException {
    Child child = Child.start(folder, finops.address(), mode);
    children.add(child);
    endpoint = finops.endpoint(child.awaitEndpoint());
    return child;
  }

  /** SIGKILL, where there is one. */
  private void kill(Child child) {
    child.process().destroyForcibly().onExit().join();
    finops.detach(endpoint);
  }

  @AfterEach
  void stop() {
    children.forEach(child -> child.process().destroyForcibly().onExit().join());
    finops.close();
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
    start("working").awaitLanded(acknowledgedIds());
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
    Child last = start("working");
    assertTrue(export(number));
    // What landed before a kill is not said again, so each line is a reason to look.
    while (house().storedRows("ID").size() < acknowledged.size() * ROWS
        || house().storedFiles().size() < acknowledged.size()) {
      last.nextLine();
    }
    requireEachLandedOnce();
  }
}
