package dev.landfall.bench.frame;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/**
 * What all rounds of a case measured.
 *
 * @param name of the case
 * @param rounds those that count, at least one
 * @param comparisons which ratios are told
 */
public record Outcome(String name, List<Round> rounds, List<Comparison> comparisons) {

  /**
   * Keeps copies.
   *
   * @param name of the case
   * @param rounds those that count, at least one
   * @param comparisons which ratios are told
   */
  public Outcome {
    rounds = List.copyOf(rounds);
    comparisons = List.copyOf(comparisons);
  }

  /** {@return the names of the subjects, in the order of their turns} */
  public Set<String> subjects() {
    return rounds.get(0).turns().keySet();
  }

  /** {@return all metrics, in the order in which they were first measured} */
  public Set<Metric> metrics() {
    Set<Metric> metrics = new LinkedHashSet<>();
    rounds
        .get(0)
        .turns()
        .values()
        .forEach(measured -> metrics.addAll(measured.values().keySet()));
    return metrics;
  }

  /**
   * {@return what a subject measured over the rounds, if it measures that}
   *
   * @param subject its name
   * @param metric which
   */
  public Optional<Spread> spread(String subject, Metric metric) {
    return spread(round -> round.measured(subject).of(metric));
  }

  /** {@return each ratio by its name; pairs are made within a round, then the median is taken} */
  public Map<String, Spread> ratios() {
    Map<String, Spread> ratios = new LinkedHashMap<>();
    for (Comparison comparison : comparisons) {
      spread(comparison::ratio).ifPresent(spread -> ratios.put(comparison.name(), spread));
    }
    return ratios;
  }

  private Optional<Spread> spread(Function<Round, OptionalDouble> value) {
    double[] values =
        rounds.stream().map(value).flatMapToDouble(OptionalDouble::stream).toArray();
    return values.length == 0 ? Optional.empty() : Optional.of(Spread.of(DoubleStream.of(values)));
  }
}
