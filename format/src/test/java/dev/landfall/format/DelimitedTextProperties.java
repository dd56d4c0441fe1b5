package dev.landfall.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

class DelimitedTextProperties {

  record Table(List<String> names, List<List<String>> rows) {}

  @Property(tries = 300)
  void whatIsWrittenReadsBackEqual(
      @ForAll("tables") Table table,
      @ForAll("ends") String end,
      @ForAll("charsets") Charset charset,
      @ForAll char delimiterSeed,
      @ForAll long quoting)
      throws IOException {
    char delimiter = ",;\t|:".charAt(delimiterSeed % 5);
    String text = new TinyWriter(delimiter, end, new Random(quoting)).write(table);
    Reading reading = Reading.of(
        DelimitedText.csv().withDelimiter(delimiter), ("\uFEFF" + text).getBytes(charset));
    assertEquals(table.names(), reading.names());
    assertEquals(table.rows(), reading.rows());
  }

  @Property(tries = 300)
  void anyBytesAreReadOrRefused(@ForAll byte[] bytes) throws IOException {
    try {
      Reading reading = Reading.of(DelimitedText.csv(), bytes);
      assertTrue(
          reading.rows().stream().allMatch(row -> row.size() == reading.names().size()));
    } catch (MalformedFileException refused) {
      assertTrue(refused.line() > 0, refused.getMessage());
    }
  }

  @Property(tries = 50)
  void whereTheBufferEndsDoesNotShow(@ForAll @IntRange(min = 16_350, max = 16_420) int padding)
      throws IOException {
    String first = "x".repeat(padding);
    Reading reading = Reading.of("A,B\n" + first + ",\"🚢\"\"\r\n🚢\"\r\n3,ʤ\r\n");
    assertEquals(List.of(List.of(first, "🚢\"\r\n🚢"), List.of("3", "ʤ")), reading.rows());
    assertEquals(List.of(2L, 4L), reading.lines());
  }

  @Provide
  Arbitrary<Table> tables() {
    Arbitrary<String> name =
        text().map(String::strip).filter(s -> !s.isEmpty() && s.indexOf('\0') < 0);
    return name.list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .uniqueElements(s -> s.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT))
        .flatMap(names -> text()
            .list()
            .ofSize(names.size())
            .list()
            .ofMaxSize(8)
            .map(rows -> new Table(names, rows)));
  }

  private static Arbitrary<String> text() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.strings().withChars(",;\t|:\"\r\n ab").ofMaxLength(8)),
        Tuple.of(1, Arbitraries.strings().ofMaxLength(12).map(DelimitedTextProperties::paired)));
  }

  /** A surrogate without its other half is no text. */
  private static String paired(String any) {
    return any.codePoints()
        .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Provide
  Arbitrary<String> ends() {
    return Arbitraries.of("\n", "\r\n", "\r");
  }

  @Provide
  Arbitrary<Charset> charsets() {
    return Arbitraries.of(
        StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);
  }

  /** Quotes what must be quoted, and at random what need not be. */
  private record TinyWriter(char delimiter, String end, Random quoting) {

    String write(Table table) {
      StringBuilder text = new StringBuilder(line(table.names()));
      table.rows().forEach(row -> text.append(line(row)));
      return text.toString();
    }

    private String line(List<String> fields) {
      return fields.stream().map(this::field).collect(Collectors.joining(delimiter + "", "", end));
    }

    private String field(String value) {
      boolean must =
          value.isEmpty() || value.matches("(?s).*[\"\r\n].*") || value.indexOf(delimiter) >= 0;
      return must || quoting.nextBoolean() ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }
  }
}
