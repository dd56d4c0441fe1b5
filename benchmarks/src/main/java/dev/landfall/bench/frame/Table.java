package dev.landfall.bench.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes an outcome as Markdown: subjects by metrics, then ratios. */
public final class Table {

  private Table() {}

  /**
   * {@return the lines of two tables; each cell has the median, and the spread in brackets}
   *
   * @param outcome what was measured
   */
  public static List<String> of(Outcome outcome) {
    Set<Metric> metrics = outcome.metrics();
    List<String> lines = new ArrayList<>();
    lines.add(row(
        "", metrics.stream().map(metric -> metric.name() + ", " + metric.unit()).toList()));
    lines.add(ruler(metrics.size()));
    for (String subject : outcome.subjects()) {
      lines.add(row(
          subject,
          metrics.stream()
              .map(metric -> outcome.spread(subject, metric).map(Table::cell).orElse("–"))
              .toList()));
    }
    Map<String, Spread> ratios = outcome.ratios();
    if (!ratios.isEmpty()) {
      lines.add("");
      lines.add(row("rate over rate", List.of("above 1 the first is faster")));
      lines.add(ruler(1));
      ratios.forEach((name, spread) -> lines.add(row(name, List.of(cell(spread)))));
    }
    return lines;
  }

  private static String cell(Spread spread) {
    return "%s (%s..%s)"
        .formatted(
            Figures.text(spread.median()),
            Figures.text(spread.least()),
            Figures.text(spread.most()));
  }

  private static String row(String head, List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| " + head + " | ", " |"));
  }

  private static String ruler(int columns) {
    return "|---|" + "--:|".repeat(columns);
  }
}
