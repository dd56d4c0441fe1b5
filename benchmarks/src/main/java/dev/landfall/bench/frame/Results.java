package dev.landfall.bench.frame;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Writes an outcome as JSON, to be kept and compared with later ones. */
public final class Results {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Results() {}

  /**
   * Writes {@code NAME.json}, over an older one.
   *
   * @param folder is made if it is missing
   * @param outcome what was measured
   * @param when the run ended
   * @return the file
   * @throws IOException if it cannot be written
   */
  public static Path write(Path folder, Outcome outcome, Instant when) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(outcome.name() + ".json");
    Files.writeString(file, JSON.writeValueAsString(json(outcome, when)) + "\n");
    return file;
  }

  private static ObjectNode json(Outcome outcome, Instant when) {
    ObjectNode root = JSON.createObjectNode();
    root.put("case", outcome.name());
    root.put("date", when.truncatedTo(ChronoUnit.SECONDS).toString());
    root.put("jdk", Runtime.version().toString());
    root.put("cores", Runtime.getRuntime().availableProcessors());
    root.put("rounds", outcome.rounds().size());
    ObjectNode ratios = root.putObject("ratios");
    ObjectNode spreads = root.putObject("ratioSpreads");
    outcome.ratios().forEach((name, spread) -> {
      ratios.put(name, Figures.rounded(spread.median()));
      putEnds(spreads.putObject(name), spread);
    });
    ObjectNode subjects = root.putObject("subjects");
    for (String subject : outcome.subjects()) {
      ObjectNode metrics = subjects.putObject(subject);
      for (Metric metric : outcome.metrics()) {
        outcome.spread(subject, metric).ifPresent(spread -> {
          ObjectNode value = metrics.putObject(metric.name());
          value.put("unit", metric.unit());
          value.put("median", Figures.rounded(spread.median()));
          putEnds(value, spread);
        });
      }
    }
    return root;
  }

  private static void putEnds(ObjectNode node, Spread spread) {
    node.put("least", Figures.rounded(spread.least()));
    node.put("most", Figures.rounded(spread.most()));
  }
}
