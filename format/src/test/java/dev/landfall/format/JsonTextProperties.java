package dev.landfall.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

class JsonTextProperties {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenReadsBackEqual(
      @ForAll("tables") Table table,
      @ForAll("charsets") Charset charset,
      @ForAll boolean marked,
      @ForAll @IntRange(max = 2) int layout)
      throws IOException {
    byte[] bytes = ((marked ? "\uFEFF" : "") + written(table, layout)).getBytes(charset);
    RecordFormat format =
        table.rows().isEmpty() && layout == 2 ? JsonText.json().withLines() : JsonText.json();
    assertEquals(table.asTold(), Table.read(format, bytes));
    assertEquals(
        table,
        layout == 2
            ? Table.read(JsonText.json().withLines().withNames(table.names()), bytes)
            : Table.read(JsonText.json().withNames(table.names()), bytes));
  }

  private static String written(Table table, int layout) throws IOException {
    List<String> records = new ArrayList<>();
    for (List<@Nullable String> row : table.rows()) {
      ObjectNode record = MAPPER.createObjectNode();
      for (int i = 0; i < row.size(); i++) {
        if (row.get(i) != null) {
          record.put(table.names().get(i), row.get(i));
        }
      }
      records.add(MAPPER.writeValueAsString(record));
    }
    return switch (layout) {
      case 0 -> "[" + String.join(",\n", records) + "]";
      case 1 -> "{\"@odata.context\":\"x\",\"value\":[" + String.join(",", records) + "]}";
      default -> String.join("\n", records);
    };
  }

  @Property(tries = 300)
  void numbersAreWhatTheFileHas(@ForAll double number, @ForAll long whole) throws IOException {
    String text = Double.isFinite(number) ? String.valueOf(number) : "1e999";
    assertEquals(
        List.of(List.of(text, whole + "")),
        Reading.of(
                JsonText.json(),
                ("[{\"A\":" + text + ",\"B\":" + whole + "}]").getBytes(StandardCharsets.UTF_8))
            .rows());
  }

  @Property(tries = 300)
  void anyTextIsReadOrRefused(@ForAll("texts") String text) throws IOException {
    try {
      Reading reading = Reading.of(JsonText.json(), text.getBytes(StandardCharsets.UTF_8));
      assertTrue(
          reading.rows().stream().allMatch(row -> row.size() == reading.names().size()));
    } catch (MalformedFileException refused) {
      assertTrue(refused.line() > 0, refused.getMessage());
    }
  }

  @Provide
  Arbitrary<Table> tables() {
    return Table.any(point -> true);
  }

  @Provide
  Arbitrary<Charset> charsets() {
    return Arbitraries.of(
        StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "[",
            "]",
            "{",
            "}",
            ",",
            ":",
            "\"A\"",
            "\"\\uD83D\"",
            "1",
            "-",
            "null",
            "true",
            "\"",
            " ",
            "\n",
            "{\"A\":1}",
            "\0",
            "[{\"A\":[]}]",
            "\\")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }
}
