package dev.landfall.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

/** Plain text means the same to PostgreSQL's COPY and to us, or it is not plain. */
class PlainTextProperties {

  private static final DelimitedText COMMAS = DelimitedText.csv().withDelimiter(',');

  @Property(tries = 600)
  void anyTextIsReadAlikeOrIsNotPlain(
      @ForAll("texts") String text,
      @ForAll("charsets") Charset charset,
      @ForAll @IntRange(min = 1, max = 9) int block)
      throws IOException {
    checkPlain(ReadText.marked(text, charset), COMMAS, block);
  }

  @Property(tries = 300)
  void anyTextWithoutHeaderIsReadAlikeOrIsNotPlain(
      @ForAll("rowTexts") String text, @ForAll @IntRange(min = 1, max = 3) int width)
      throws IOException {
    byte[] bytes = ReadText.marked(text, StandardCharsets.UTF_8);
    checkPlain(bytes, COMMAS.withNames(List.of("A", "B", "C").subList(0, width)), 5);
  }

  private static void checkPlain(byte[] bytes, DelimitedText format, int block) throws IOException {
    Optional<ReadText.Plain> plain = ReadText.plain(format, bytes, block);
    Statistics.label("plain").collect(plain.isPresent());
    if (plain.isEmpty()) {
      return;
    }
    String passed = plain.get().text();
    ReadText read = ReadText.of(format, bytes, ReadText.REFUSED);
    assertEquals(0, read.refusedLine());
    assertEquals(read.values(), CopyModel.read(passed, ',', '"'));
    assertEquals(read.rows().size(), plain.get().records());
    assertEquals(plain, ReadText.plain(format, bytes, 4096));
  }

  @Property(tries = 300)
  void whatIsWrittenWithOneKindOfLineEndIsPlain(
      @ForAll("values") List<String> values,
      @ForAll boolean withCr,
      @ForAll boolean ended,
      @ForAll("charsets") Charset charset)
      throws IOException {
    String end = withCr ? "\r\n" : "\n";
    StringBuilder text = new StringBuilder("A,B" + end);
    for (String value : values) {
      text.append(text.charAt(text.length() - 1) == '\n' ? "" : end)
          .append("\"" + value.replace("\"", "\"\"") + "\",x");
    }
    text.append(ended && !values.isEmpty() ? end : "");
    Optional<ReadText.Plain> plain =
        ReadText.plain(COMMAS, ReadText.marked(text.toString(), charset), 64);
    assertTrue(plain.isPresent(), text.toString());
    assertEquals(values.size(), plain.get().records());
    assertEquals(text.substring(3 + end.length()), plain.get().text());
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("A,B\n", "A,B\r\n", "A\n", "\"A\",B\r", "\nA,B\n", "A,\"B\r\n\"\n")
        .flatMap(header -> rowTexts().map(rows -> header + rows));
  }

  @Provide
  Arbitrary<String> rowTexts() {
    Arbitrary<String> field = Arbitraries.of(
        "a",
        "",
        "é🚢",
        "\"\"",
        "\"a\"",
        "\"x,\"\"y\"",
        "\"1\n2\"",
        "\"1\r2\r\n\"",
        "\\.",
        "\\",
        ".",
        " ",
        "a\"",
        "\"",
        " \"a\"",
        "\"a\"b",
        "\0",
        "\uFEFF",
        "a\r",
        "\"\\.\"",
        "\"\n\\.\n\"");
    Arbitrary<String> end = Arbitraries.frequencyOf(
        Tuple.of(8, Arbitraries.just("\n")),
        Tuple.of(3, Arbitraries.just("\r\n")),
        Tuple.of(1, Arbitraries.of("\r", "", "\n\n", ",\n")));
    Arbitrary<String> row = field.list().ofMinSize(1).ofMaxSize(3).map(f -> String.join(",", f));
    return row.flatMap(r -> end.map(e -> r + e)).list().ofMaxSize(4).map(r -> String.join("", r));
  }

  @Provide
  Arbitrary<List<String>> values() {
    return Arbitraries.strings()
        .withChars("a,\"\r\n\\.é字🚢".toCharArray())
        .ofMaxLength(6)
        .filter(s -> s.codePoints().noneMatch(c -> Character.isSurrogate((char) c) && c < 0x10000))
        .list()
        .ofMaxSize(5);
  }

  @Provide
  Arbitrary<Charset> charsets() {
    return Arbitraries.of(
        StandardCharsets.UTF_8,
        StandardCharsets.UTF_16LE,
        StandardCharsets.UTF_16BE,
        Charset.forName("UTF-32LE"));
  }
}
