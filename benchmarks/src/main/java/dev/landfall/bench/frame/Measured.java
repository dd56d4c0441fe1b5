package dev.landfall.bench.frame;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What one turn of one subject measured.
 *
 * @param values by metric, in the order of the table's columns
 */
public record Measured(Map<Metric, Double> values) {

  /**
   * Keeps the values and their order.
   *
   * @param values by metric, in the order of the table's columns
   */
  public Measured {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** {@return nothing yet} */
  public static Measured nothing() {
    return new Measured(Map.of());
  }

  /**
   * {@return this with one more value}
   *
   * @param metric replaced if it is there
   * @param value finite
   * @throws IllegalArgumentException if the value is not a finite number
   */
  public Measured with(Metric metric, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "A measured value is a finite number; %s is %s.".formatted(metric.name(), value));
    }
    var more = new LinkedHashMap<>(values);
    more.put(metric, value);
    return new Measured(more);
  }

  /**
   * {@return this with memory and CPU, as far as the system told them}
   *
   * @param usage of the subject's process
   */
  public Measured with(Usage usage) {
    Measured more = this;
    if (usage.peakMib().isPresent()) {
      more = more.with(Metric.PEAK_MEMORY, usage.peakMib().getAsDouble());
    }
    if (usage.cpuSeconds().isPresent()) {
      more = more.with(Metric.CPU, usage.cpuSeconds().getAsDouble());
    }
    return more;
  }

  /**
   * {@return the value of a metric, if it was measured}
   *
   * @param metric which
   */
  public OptionalDouble of(Metric metric) {
    Double value = values.get(metric);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
