package dev.landfall.bench.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir
  Path folder;

  private static Command program(String what) {
    return Command.java(Program.class, "64m", what);
  }

  @Test
  void aChildTellsLinesUntilItsInputEnds() throws Exception {
    try (Child child = Child.start(program("serve"), folder)) {
      long before = System.nanoTime();
      Child.Line line = child.next(PATIENCE);
      assertEquals("64", line.text());
      assertTrue(line.nanos() - before < PATIENCE.toNanos());
      Usage usage = child.end();
      assertTrue(usage.cpuSeconds().orElseThrow() > 0);
    }
  }

  @Test
  void aChildTakesInput() throws Exception {
    try (Child child = Child.start(program("echo"), folder)) {
      child.send("grüße");
      assertEquals("grüße", child.next(PATIENCE).text());
      child.end();
    }
  }

  @Test
  void peakMemoryIsKnownWhereTheSystemKeepsIt() throws Exception {
    Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/status")), "no /proc here");
    try (Child child = Child.start(program("serve"), folder)) {
      child.next(PATIENCE);
      double peak = child.end().peakMib().orElseThrow();
      assertTrue(peak > 5 && peak < 1000, peak + " MiB");
    }
  }

  @Test
  void aProgramThatRunsToItsEndIsTimedAndHeard() throws Exception {
    Child.Done done = Child.run(program("talk"), folder, PATIENCE);
    assertEquals(List.of("one", "two"), done.lines());
    assertTrue(done.took().toNanos() > 0);
    assertTrue(done.usage().cpuSeconds().isPresent());
  }

  @Test
  void aProgramThatDoesNotEndInTimeIsKilled() {
    IOException failure = assertThrows(
        IOException.class, () -> Child.run(program("hang"), folder, Duration.ofMillis(50)));
    assertTrue(failure.toString().endsWith("did not end within PT0.05S."), failure::toString);
  }

  @Test
  void aProgramThatFailsFailsTheTurn() throws Exception {
    IOException failure =
        assertThrows(IOException.class, () -> Child.run(program("fail"), folder, PATIENCE));
    assertTrue(failure.toString().contains("ended with status 3"), failure::toString);
    try (Child child = Child.start(program("fail"), folder)) {
      assertThrows(IOException.class, () -> child.next(PATIENCE));
      assertThrows(IOException.class, () -> child.next(PATIENCE));
      assertThrows(IOException.class, child::end);
    }
  }

  @Test
  void aSilentChildIsNotWaitedForForEver() throws Exception {
    try (Child child = Child.start(program("hang"), folder)) {
      IOException failure =
          assertThrows(IOException.class, () -> child.next(Duration.ofMillis(10)));
      assertTrue(failure.toString().contains("said nothing for"), failure::toString);
    }
  }

  @Test
  void aProgramThatIsNotThereSaysSo() {
    assertThrows(
        IOException.class, () -> Child.start(Command.of("no-such-program-anywhere"), folder));
  }

  /** What the tests run as a child. */
  static final class Program {

    private Program() {}

    public static void main(String[] arguments) throws Exception {
      switch (arguments[0]) {
        case "serve" -> {
          Parent.tell(Long.toString(Runtime.getRuntime().maxMemory() >> 20));
          Parent.awaitEnd();
        }
        case "echo" -> {
          byte[] line = new byte[7];
          System.in.readNBytes(line, 0, line.length);
          System.out.write(line);
          System.out.println();
          Parent.awaitEnd();
        }
        case "talk" -> {
          Parent.tell("one");
          Parent.tell("two");
        }
        case "hang" -> new CountDownLatch(1).await();
        default -> System.exit(3);
      }
    }
  }
}
