package dev.landfall.bench.latency;

import java.util.Arrays;

/** Times of many exports. */
final class Latencies {

  private static final double NANOS_PER_MILLI = 1e6;

  private final long[] sorted;

  Latencies(long[] nanos) {
    sorted = nanos.clone();
    Arrays.sort(sorted);
  }

  /** {@return the shortest time that so many of a hundred exports did not exceed} */
  double millis(int percent) {
    int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
    return sorted[Math.max(rank, 1) - 1] / NANOS_PER_MILLI;
  }
}
