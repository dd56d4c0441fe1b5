package dev.landfall.bench.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundsTest {

  private static final Metric TURN = Metric.rate("turn", "");

  @TempDir
  Path folder;

  private final List<String> turns = new ArrayList<>();

  /** Measures the number of its turn. */
  private Subject counting(String name) {
    return new Subject(name, own -> {
      Files.writeString(own.resolve("left-behind"), "x");
      turns.add(name);
      return Measured.nothing().with(TURN, turns.size());
    });
  }

  @Test
  void subjectsTakeTurnsAndTheFirstRoundDoesNotCount() throws Exception {
    Case abc = new Turns("abc", 2, List.of(counting("a"), counting("b"), counting("c")), List.of());
    List<String> progress = new ArrayList<>();
    Outcome outcome = Rounds.play(abc, folder, progress::add);
    assertEquals(List.of("a", "b", "c", "a", "b", "c", "a", "b", "c"), turns);
    assertEquals(2, outcome.rounds().size());
    assertEquals(new Spread(5.5, 4, 7), outcome.spread("a", TURN).orElseThrow());
    assertEquals("warm-up, a: turn 1 ", progress.get(0));
    assertEquals("round 2 of 2, c: turn 9 ", progress.get(8));
  }

  @Test
  void nothingIsLeftOfATurn() throws Exception {
    Rounds.play(new Turns("a", 1, List.of(counting("a")), List.of()), folder, line -> {});
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void aTurnThatFailsEndsTheRunAndNamesItsSubject() {
    Subject broken = new Subject("curl", own -> {
      throw new IOException("no such host");
    });
    Case bad = new Turns("bad", 1, List.of(counting("a"), broken), List.of());
    IOException failure =
        assertThrows(IOException.class, () -> Rounds.play(bad, folder, line -> {}));
    assertEquals("The turn of curl failed: no such host", failure.getMessage());
    assertTrue(turns.contains("a"));
  }
}
