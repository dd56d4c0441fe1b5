package dev.landfall.testkit.simulation;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What happened in all runs of a simulation, none of which broke a law.
 *
 * @param runs how many runs there were
 * @param happened how often what happened: faults by name, after which steps instances crashed, how
 *     landings ended
 */
public record Explored(int runs, SortedMap<String, Long> happened) {

  /**
   * Keeps its own copy.
   *
   * @param runs how many runs there were
   * @param happened copied
   */
  public Explored {
    happened = new TreeMap<>(happened);
  }

  /**
   * {@return how often something happened}
   *
   * @param what as it is called in {@link #happened}
   */
  public long times(String what) {
    return happened.getOrDefault(what, 0L);
  }

  /** {@return all of it, a line for each} */
  @Override
  public String toString() {
    return happened.entrySet().stream()
        .map(entry -> "%,12d  %s".formatted(entry.getValue(), entry.getKey()))
        .collect(Collectors.joining("\n", runs + " runs\n", ""));
  }
}
