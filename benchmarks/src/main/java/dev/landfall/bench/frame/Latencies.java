package dev.landfall.bench.frame;

import java.util.Arrays;

/** How long each of many took. */
public final class Latencies {

  private static final double NANOS_PER_MILLI = 1e6;

  private final long[] sorted;

  /**
   * Sorts them.
   *
   * @param nanos how long each took, at least one
   */
  public Latencies(long[] nanos) {
    sorted = nanos.clone();
    Arrays.sort(sorted);
  }

  /**
   * {@return the shortest time that so many of a hundred did not exceed}
   *
   * @param percent above 0, at most 100
   */
  public double millis(int percent) {
    int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
    return sorted[Math.max(rank, 1) - 1] / NANOS_PER_MILLI;
  }
}
