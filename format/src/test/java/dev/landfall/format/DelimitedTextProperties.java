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
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

class DelimitedTextProperties {

  private static final DelimitedText COMMAS = DelimitedText.csv().withDelimiter(',');

  record Table(List<String> names, List<List<String>> rows) {}

  record Shape(char delimiter, char qualifier, String end, Charset charset) {

    DelimitedText format() {
      return DelimitedText.csv().withDelimiter(delimiter).withQualifier(qualifier);
    }

    TinyWriter writer(Random quoting) {
      return new TinyWriter(delimiter, qualifier, end, quoting);
    }
  }

  @Property(tries = 300)
  void whatIsWrittenReadsBackEqual(
      @ForAll("tables") Table table, @ForAll("shapes") Shape shape, @ForAll long quoting)
      throws IOException {
    String text = shape.writer(new Random(quoting)).write(table);
    byte[] bytes = ReadText.marked(text, shape.charset());
    Reading reading = Reading.of(shape.format(), bytes);
    assertEquals(table.names(), reading.names());
    assertEquals(table.rows(), reading.rows());
    ReadText strict = ReadText.of(shape.format(), bytes, ReadText.REFUSED);
    assertEquals(strict, ReadText.of(shape.format(), bytes, ReadText.ASIDE));
    assertEquals(strict, ReadText.of(shape.format(), bytes, ReadText.MENDED));
  }

  @Property(tries = 300)
  void namesThatAreGivenStandForAHeader(
      @ForAll("tables") Table table, @ForAll("shapes") Shape shape, @ForAll long quoting)
      throws IOException {
    String rows = shape.writer(new Random(quoting)).write(table.rows());
    // The mark of UTF-16LE and a NUL are the mark of UTF-32LE.
    Reading reading = Reading.of(
        shape.format().withCharset(shape.charset()).withNames(table.names()),
        ReadText.marked(rows, shape.charset()));
    assertEquals(table.names(), reading.names());
    assertEquals(table.rows(), reading.rows());
  }

  @Property(tries = 500)
  void whatIsSetAsideIsWhatWouldRefuseTheFile(@ForAll("brokenTexts") String rows)
      throws IOException {
    byte[] bytes = ("A,B\n" + rows).getBytes(StandardCharsets.UTF_8);
    ReadText refused = ReadText.of(COMMAS, bytes, ReadText.REFUSED);
    ReadText aside = ReadText.of(COMMAS, bytes, ReadText.ASIDE);
    if (refused.refusedLine() == 0) {
      assertEquals(refused, aside);
      assertEquals(refused, ReadText.of(COMMAS, bytes, ReadText.MENDED));
    } else {
      long firstBad =
          aside.bad().isEmpty() ? aside.refusedLine() : aside.bad().get(0).line();
      assertEquals(refused.refusedLine(), firstBad);
      assertEquals(
          refused.rows(),
          aside.rows().stream().filter(row -> row.line() < firstBad).toList());
    }
  }

  @Property(tries = 500)
  void whatIsMendedHasTheLinesOfWhatIsReadAndWhatIsSetAside(@ForAll("brokenTexts") String rows)
      throws IOException {
    byte[] bytes = ("A,B\n" + rows).getBytes(StandardCharsets.UTF_8);
    ReadText aside = ReadText.of(COMMAS, bytes, ReadText.ASIDE);
    ReadText mended = ReadText.of(COMMAS, bytes, ReadText.MENDED);
    List<Long> lines = Stream.concat(
            aside.lines().stream(), aside.bad().stream().map(BadRecord::line))
        .sorted()
        .toList();
    assertEquals(lines.subList(0, mended.rows().size()), mended.lines());
    assertTrue(mended.refusedLine() > 0 || lines.size() == mended.rows().size());
    aside.rows().stream()
        .filter(row -> mended.lines().contains(row.line()))
        .forEach(row -> assertTrue(mended.rows().contains(row), row.toString()));
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
        Tuple.of(3, Arbitraries.strings().withChars(",;\t|:\"'~\r\n ab").ofMaxLength(8)),
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
  Arbitrary<Shape> shapes() {
    return Combinators.combine(
            Arbitraries.of(',', ';', '\t', '|', ':'),
            Arbitraries.of('"', '\'', '~'),
            Arbitraries.of("\n", "\r\n", "\r"),
            Arbitraries.of(
                StandardCharsets.UTF_8,
                StandardCharsets.UTF_16LE,
                StandardCharsets.UTF_16BE,
                Charset.forName("UTF-32LE"),
                Charset.forName("UTF-32BE")))
        .as(Shape::new);
  }

  /** Mostly broken by stray qualifiers and surplus fields. */
  @Provide
  Arbitrary<String> brokenTexts() {
    Arbitrary<String> field = Arbitraries.frequencyOf(
        Tuple.of(4, Arbitraries.of("a", "", "\"a\"", "\"x,\"\"y\"", "\"1\n2\"")),
        Tuple.of(2, Arbitraries.of("\"a\"b", "\"a\"b\"", "\"a \"b\" c\"", "\"a\"\n\"b\"", "a\"")),
        Tuple.of(1, Arbitraries.strings().withChars(",\"\r\na").ofMaxLength(6)));
    Arbitrary<String> row = field.list().ofMinSize(1).ofMaxSize(3).map(f -> String.join(",", f));
    return row.list().ofMaxSize(6).map(rows -> String.join("\n", rows));
  }

  /** Quotes what must be quoted, and at random what need not be. */
  private record TinyWriter(char delimiter, char qualifier, String end, Random quoting) {

    String write(Table table) {
      return line(table.names()) + write(table.rows());
    }

    String write(List<List<String>> rows) {
      return rows.stream().map(this::line).collect(Collectors.joining());
    }

    private String line(List<String> fields) {
      return fields.stream().map(this::field).collect(Collectors.joining(delimiter + "", "", end));
    }

    private String field(String value) {
      boolean must = value.isEmpty()
          || value.matches("(?s).*[\r\n].*")
          || value.indexOf(delimiter) >= 0
          || value.indexOf(qualifier) >= 0;
      String quote = String.valueOf(qualifier);
      return must || quoting.nextBoolean()
          ? quote + value.replace(quote, quote + quote) + quote
          : value;
    }
  }
}
