package dev.landfall.bench.download;

import dev.landfall.bench.frame.Measured;
import dev.landfall.bench.frame.Metric;
import dev.landfall.bench.frame.Usage;
import java.time.Duration;

/**
 * A batch that was fetched, and what that took.
 *
 * @param batch which
 * @param took from asking for it to hearing that it is there
 * @param before what the process had used when it was asked
 * @param after what it had used when it was done
 */
record Fetched(Batch batch, Duration took, Usage before, Usage after) {

  static final Metric CPU = Metric.cost("CPU per GiB", "s");

  private static final double GIB = 1L << 30;
  private static final double BYTES_PER_MB = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private double seconds() {
    return took.toNanos() / NANOS_PER_SECOND;
  }

  double filesPerSecond() {
    return batch.files() / seconds();
  }

  double megabytesPerSecond() {
    return batch.bytes() / BYTES_PER_MB / seconds();
  }

  /** {@return a rate with what it cost, as far as the system told} */
  Measured with(Metric rate, double value) {
    Measured measured = Measured.nothing().with(rate, value);
    if (before.cpuSeconds().isPresent() && after.cpuSeconds().isPresent()) {
      double used = after.cpuSeconds().getAsDouble() - before.cpuSeconds().getAsDouble();
      measured = measured.with(CPU, used / (batch.bytes() / GIB));
    }
    return after.peakMib().isPresent()
        ? measured.with(Metric.PEAK_MEMORY, after.peakMib().getAsDouble())
        : measured;
  }
}
