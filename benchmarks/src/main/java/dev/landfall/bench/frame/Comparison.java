package dev.landfall.bench.frame;

import java.util.OptionalDouble;

/**
 * Two subjects and what is compared of them, as rate over rate: above 1 the first is faster.
 *
 * @param name of the ratio in the results
 * @param subject the first, usually {@code landfall}
 * @param peer the second
 * @param metric a rate, or a time, whose rate is one over it
 */
public record Comparison(String name, String subject, String peer, Metric metric) {

  /**
   * {@return the main comparison of two subjects, named {@code subject/peer}}
   *
   * @param subject the first, usually {@code landfall}
   * @param peer the second
   * @param metric a rate, or a time
   */
  public static Comparison of(String subject, String peer, Metric metric) {
    return new Comparison(subject + "/" + peer, subject, peer, metric);
  }

  /**
   * {@return this comparison as one of several of the two, named {@code subject/peer what}}
   *
   * @param what is compared
   */
  public Comparison called(String what) {
    return new Comparison(subject + "/" + peer + " " + what, subject, peer, metric);
  }

  /** {@return the ratio of one round, in which both met the same conditions} */
  OptionalDouble ratio(Round round) {
    OptionalDouble ours = round.measured(subject).of(metric);
    OptionalDouble theirs = round.measured(peer).of(metric);
    return ours.isEmpty() || theirs.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(metric.ratio(ours.getAsDouble(), theirs.getAsDouble()));
  }
}
