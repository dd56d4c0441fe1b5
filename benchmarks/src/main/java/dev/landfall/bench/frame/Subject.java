package dev.landfall.bench.frame;

import java.io.IOException;
import java.nio.file.Path;

/**
 * One of those that are measured side by side: Landfall, a peer, or a limit that nobody can beat.
 *
 * @param name short, as in ratios
 * @param turn does the work once and measures it
 */
public record Subject(String name, Turn turn) {

  /** One subject's share of a round; called once in each, never two at a time. */
  @FunctionalInterface
  public interface Turn {

    /**
     * Does the work of the case once, usually in a {@link Child}.
     *
     * @param folder empty, on a real disk, removed afterwards
     * @return the same metrics each time
     * @throws IOException if the work was not done; ends the run
     * @throws InterruptedException if the run is broken off
     */
    Measured take(Path folder) throws IOException, InterruptedException;
  }
}
