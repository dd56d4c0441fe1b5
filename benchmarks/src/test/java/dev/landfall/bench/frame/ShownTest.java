package dev.landfall.bench.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShownTest {

  private static final Metric RATE = Metric.rate("rate", "1/s");

  @TempDir
  Path folder;

  private static Round round(double ours, double theirs) {
    Map<String, Measured> turns = new LinkedHashMap<>();
    turns.put("landfall", Measured.nothing().with(RATE, ours).with(Metric.CPU, 0.5));
    turns.put("curl", Measured.nothing().with(RATE, theirs));
    return new Round(turns);
  }

  private static Outcome outcome() {
    return new Outcome(
        "download",
        List.of(round(1234.56, 1000), round(50, 100), round(200, 100)),
        List.of(Comparison.of("landfall", "curl", RATE)));
  }

  @Test
  void theTableHasSubjectsByMetricsAndThenRatios() {
    assertEquals(
        List.of(
            "|  | rate, 1/s | CPU, s |",
            "|---|--:|--:|",
            "| landfall | 200 (50..1235) | 0.5 (0.5..0.5) |",
            "| curl | 100 (100..1000) | – |",
            "",
            "| rate over rate | above 1 the first is faster |",
            "|---|--:|",
            "| landfall/curl | 1.23 (0.5..2) |"),
        Table.of(outcome()));
  }

  @Test
  void theResultsHaveMediansAndRatiosByName() throws IOException {
    Path file = Results.write(
        folder.resolve("results"), outcome(), Instant.parse("2026-01-02T03:04:05.6Z"));
    assertEquals("download.json", file.getFileName().toString());
    JsonNode root = JsonMapper.builder().build().readTree(file.toFile());
    assertEquals("download", root.path("case").asText());
    assertEquals("2026-01-02T03:04:05Z", root.path("date").asText());
    assertEquals(3, root.path("rounds").asInt());
    assertEquals(Runtime.version().toString(), root.path("jdk").asText());
    assertEquals(Runtime.getRuntime().availableProcessors(), root.path("cores").asInt());
    assertEquals("{\"landfall/curl\":1.23}", root.path("ratios").toString());
    assertEquals(
        "{\"landfall/curl\":{\"least\":0.5,\"most\":2}}",
        root.path("ratioSpreads").toString());
    assertEquals(
        "{\"unit\":\"1/s\",\"median\":200,\"least\":50,\"most\":1235}",
        root.path("subjects").path("landfall").path("rate").toString());
    assertEquals(List.of("rate"), fields(root.path("subjects").path("curl")));
  }

  @Test
  void newResultsTakeThePlaceOfOlderOnes() throws IOException {
    Results.write(folder, outcome(), Instant.EPOCH);
    Path again = Results.write(folder, outcome(), Instant.EPOCH.plusSeconds(1));
    assertEquals(1, Files.readString(again).split("\"case\"", -1).length - 1);
  }

  @Test
  void figuresHaveThreeDigitsThatCount() {
    assertEquals("0", Figures.text(0));
    assertEquals("0.00123", Figures.text(0.0012345));
    assertEquals("9.99", Figures.text(9.994));
    assertEquals("100", Figures.text(100.4));
    assertEquals("1234568", Figures.text(1_234_567.8));
  }

  private static List<String> fields(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
