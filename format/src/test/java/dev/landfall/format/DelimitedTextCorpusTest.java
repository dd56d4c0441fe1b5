package dev.landfall.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.landfall.testkit.ExportedFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Texts as they come, each read under the three choices; the table tells how to read it. */
class DelimitedTextCorpusTest {

  private static final String SEPARATOR = " :: ";

  @TempDir
  Path folder;

  @TestFactory
  Stream<DynamicTest> eachTextIsReadAsTheTableSays() throws IOException {
    List<String> lines = lines();
    assertTrue(lines.size() >= 60, "texts in the corpus");
    return lines.stream()
        .map(line -> line.split(SEPARATOR, -1))
        .map(row -> dynamicTest(row[0] + " " + row[1], () -> check(row)));
  }

  private void check(String[] row) throws IOException {
    DelimitedText format = format(row[0]);
    byte[] bytes = unescaped(row[1]).getBytes(UTF_8);
    List<BadRecord> bad = new ArrayList<>();
    String refused = outcome(format, bytes, BadRecords.refused(), List.of());
    assertEquals(row[2], refused, "refused");
    assertEquals(
        same(row[3], refused), outcome(format, bytes, BadRecords.setAside(bad::add), bad), "aside");
    assertEquals(
        same(row[4], refused), outcome(format, bytes, BadRecords.mended(), List.of()), "mended");
  }

  private static String same(String expected, String refused) {
    return expected.equals("=") ? refused : expected;
  }

  private static List<String> lines() throws IOException {
    InputStream table = Objects.requireNonNull(
        DelimitedTextCorpusTest.class.getResourceAsStream("delimited-texts.txt"));
    try (BufferedReader reader = new BufferedReader(new InputStreamReader(table, UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    }
  }

  private static DelimitedText format(String options) {
    DelimitedText format = DelimitedText.csv();
    for (String option : options.split(" ", -1)) {
      String value = unescaped(option.substring(option.indexOf('=') + 1));
      format = switch (option.replaceFirst("=.*", "")) {
        case "csv" -> format;
        case "delimiter" -> format.withDelimiter(value.charAt(0));
        case "qualifier" -> format.withQualifier(value.charAt(0));
        case "unqualified" -> format.withoutQualifier();
        case "names" -> format.withNames(Arrays.asList(value.split("/", -1)));
        case "field" -> format.withLongestField(Integer.parseInt(value));
        case "record" -> format.withLongestRecord(Integer.parseInt(value));
        case "columns" -> format.withMostColumns(Integer.parseInt(value));
        default -> throw new AssertionError(option);
      };
    }
    return format;
  }

  private String outcome(DelimitedText format, byte[] bytes, BadRecords choice, List<BadRecord> bad)
      throws IOException {
    StringBuilder outcome = new StringBuilder();
    try (RecordFormat.Records records =
        format.read(ExportedFiles.in(folder).named("export.csv", bytes), choice)) {
      outcome.append(String.join("/", records.names()));
      int told = 0;
      for (ExportedRecord next = records.next(); next != null; next = records.next()) {
        told = tell(bad, told, outcome);
        outcome.append(' ').append(next.line()).append(values(next));
      }
      tell(bad, told, outcome);
    } catch (MalformedFileException refused) {
      outcome.append(" refused ").append(refused.line());
    }
    return escaped(outcome.toString().strip());
  }

  private static int tell(List<BadRecord> bad, int told, StringBuilder outcome) {
    bad.subList(told, bad.size())
        .forEach(record ->
            outcome.append(" bad ").append(record.line()).append(values(record.values())));
    return bad.size();
  }

  private static String values(ExportedRecord record) {
    List<@Nullable String> values = new ArrayList<>();
    for (int i = 0; i < record.names().size(); i++) {
      values.add(record.value(i));
    }
    return values(values);
  }

  private static String values(List<@Nullable String> values) {
    return "["
        + String.join("/", values.stream().map(v -> v == null ? "null" : v).toList()) + "]";
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n")
        .replace("\\r", "\r")
        .replace("\\t", "\t")
        .replace("\\0", "\0")
        .replace("\\m", "\uFEFF");
  }

  private static String escaped(String text) {
    return text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t").replace("\0", "\\0");
  }
}
