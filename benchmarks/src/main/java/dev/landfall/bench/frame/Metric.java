package dev.landfall.bench.frame;

/**
 * Something that is measured once in each turn.
 *
 * @param name unique in a case
 * @param unit such as {@code ms}
 * @param isRate whether more of it is better; if not, less is
 */
public record Metric(String name, String unit, boolean isRate) {

  /** The largest resident set of the subject's process. */
  public static final Metric PEAK_MEMORY = cost("peak memory", "MiB");

  /** What the subject's process used of all cores, from its start. */
  public static final Metric CPU = cost("CPU", "s");

  /**
   * {@return something of which more is better, such as exports per second}
   *
   * @param name unique in a case
   * @param unit such as {@code 1/s}
   */
  public static Metric rate(String name, String unit) {
    return new Metric(name, unit, true);
  }

  /**
   * {@return something of which less is better, such as a time}
   *
   * @param name unique in a case
   * @param unit such as {@code ms}
   */
  public static Metric cost(String name, String unit) {
    return new Metric(name, unit, false);
  }

  /** Rate over rate; of a time the rate is one over it. */
  double ratio(double ours, double theirs) {
    return isRate ? ours / theirs : theirs / ours;
  }
}
