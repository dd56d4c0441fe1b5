package dev.landfall.testkit.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Everything that may go wrong does, in 10,000 runs, or in as many as
 * {@code -Dlandfall.simulated.runs} says.
 */
class SimulationTest {

  private static final int RUNS = Integer.getInteger("landfall.simulated.runs", 10_000);

  /** Each step at which something is made sure, or about to be. */
  private static final List<String> TELLING_STEPS = List.of(
      "receives",
      "records",
      "has recorded",
      "buries",
      "has buried",
      "hears answer",
      "answers",
      "claims",
      "has claimed",
      "begins",
      "locates",
      "fetches",
      "has fetched half",
      "has fetched",
      "syncs",
      "renames",
      "deletes",
      "stores in first",
      "has stored in first",
      "stores in second",
      "has stored in second",
      "handles",
      "has handled",
      "renews",
      "settles",
      "has settled",
      "hears landed");

  @Test
  void everyAcknowledgedEventIsStoredOnceOrDeadWithACause() {
    Explored explored = Simulation.of(new ModelSink()).runs(RUNS).run();
    Stream<String> faults = Stream.of(Fault.values()).map(fault -> "fault " + fault);
    Stream<String> crashes = TELLING_STEPS.stream().map(step -> "crash after: " + step);
    assertEquals(
        List.of(),
        Stream.concat(faults, crashes).filter(what -> explored.times(what) == 0).toList(),
        explored::toString);
  }

  @Test
  void aFolderSinkStoresOnceWhateverHappens() {
    Explored explored =
        Simulation.of(new FolderUnderTest()).seed(1_000_000).runs(500).run();
    assertTrue(explored.times("landing STORED") > 500, explored::toString);
  }

  @Test
  void aSeedPlaysTheSameRunAgain() {
    Simulation simulation = Simulation.of(new ModelSink());
    for (int seed = 1; seed <= 100; seed++) {
      assertEquals(steps(simulation, seed), steps(simulation, seed), "seed " + seed);
    }
  }

  private static List<String> steps(Simulation simulation, long seed) {
    List<String> steps = new ArrayList<>();
    simulation.replay(seed, steps::add);
    return steps;
  }
}
