package dev.landfall.bench.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class OutcomeTest {

  static final Metric RATE = Metric.rate("rate", "MB/s");
  static final Metric TIME = Metric.cost("p50", "ms");

  private static Round round(Measured ours, Measured theirs) {
    return new Round(Map.of("landfall", ours, "curl", theirs));
  }

  private static Measured rate(double value) {
    return Measured.nothing().with(RATE, value);
  }

  private static Outcome outcome(Comparison comparison, Round... rounds) {
    return new Outcome("download", List.of(rounds), List.of(comparison));
  }

  @Test
  void aHigherRateIsARatioAboveOne() {
    Outcome outcome = outcome(Comparison.of("landfall", "curl", RATE), round(rate(300), rate(200)));
    assertEquals(Map.of("landfall/curl", new Spread(1.5, 1.5, 1.5)), outcome.ratios());
  }

  @Test
  void aShorterTimeIsARatioAboveOneToo() {
    Measured ours = Measured.nothing().with(TIME, 10);
    Measured theirs = Measured.nothing().with(TIME, 15);
    Outcome outcome =
        outcome(Comparison.of("landfall", "curl", TIME).called("latency"), round(ours, theirs));
    assertEquals(Map.of("landfall/curl latency", new Spread(1.5, 1.5, 1.5)), outcome.ratios());
  }

  @Test
  void pairsAreMadeWithinARoundBeforeTheMedianIsTaken() {
    Outcome outcome = outcome(
        Comparison.of("landfall", "curl", RATE),
        round(rate(100), rate(100)),
        round(rate(10), rate(5)),
        round(rate(90), rate(30)));
    // The medians of each, 90 and 30, would give 3.
    assertEquals(new Spread(2, 1, 3), outcome.ratios().get("landfall/curl"));
  }

  @Test
  void whatOneOfTheTwoDoesNotMeasureHasNoRatio() {
    Outcome outcome =
        outcome(Comparison.of("landfall", "curl", RATE), round(rate(1), Measured.nothing()));
    assertEquals(Map.of(), outcome.ratios());
    assertEquals(Optional.empty(), outcome.spread("curl", RATE));
  }

  @Test
  void whatTheSystemDoesNotTellIsLeftOut() {
    Usage usage = new Usage(OptionalDouble.empty(), OptionalDouble.of(2.5));
    Measured measured = rate(1).with(usage);
    assertEquals(Map.of(RATE, 1.0, Metric.CPU, 2.5), measured.values());
  }

  @Test
  void aValueThatIsNoNumberIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> rate(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> rate(1 / 0.0));
  }
}
