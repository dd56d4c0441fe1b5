package dev.landfall.bench.frame;

import java.util.stream.DoubleStream;

/**
 * The middle and the ends of what several rounds measured.
 *
 * @param median of an even number the mean of the two in the middle
 * @param least of all
 * @param most of all
 */
public record Spread(double median, double least, double most) {

  /**
   * {@return the spread of some values}
   *
   * @param values at least one
   * @throws IllegalArgumentException if there is none
   */
  public static Spread of(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    int count = sorted.length;
    if (count == 0) {
      throw new IllegalArgumentException("A spread is of one value or more, not of none.");
    }
    double median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    return new Spread(median, sorted[0], sorted[count - 1]);
  }
}
