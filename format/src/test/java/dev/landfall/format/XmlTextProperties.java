package dev.landfall.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

class XmlTextProperties {

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenReadsBackEqual(
      @ForAll("tables") Table table,
      @ForAll("charsets") Charset charset,
      @ForAll boolean marked,
      @ForAll @IntRange(max = 100) int attributes,
      @ForAll long seed)
      throws IOException {
    String text = new TinyWriter(attributes, new Random(seed)).write(table);
    byte[] bytes = ((marked ? "\uFEFF" : "") + text).getBytes(charset);
    Table read = Table.read(XmlText.xml(), bytes);
    assertEquals(inOrderOf(read.names(), table.asTold()), read);
    Table known = Table.read(XmlText.xml().withNames(table.names()), bytes);
    assertEquals(table, known);
  }

  /** Attributes come before elements, so the order in which names appear may be another. */
  private static Table inOrderOf(List<String> names, Table table) {
    assertEquals(
        table.names().stream().sorted().toList(), names.stream().sorted().toList());
    return new Table(
        names,
        table.rows().stream()
            .map(row -> names.stream()
                .<@Nullable String>map(name -> row.get(table.names().indexOf(name)))
                .toList())
            .toList());
  }

  @Property(tries = 300)
  void anyTextIsReadOrRefused(@ForAll("texts") String text) throws IOException {
    try {
      Reading reading = Reading.of(XmlText.xml(), text.getBytes(StandardCharsets.UTF_8));
      assertTrue(
          reading.rows().stream().allMatch(row -> row.size() == reading.names().size()));
    } catch (MalformedFileException refused) {
      assertTrue(refused.line() > 0, refused.getMessage());
    }
  }

  @Provide
  Arbitrary<Table> tables() {
    return Table.any(point ->
        point == '\t' || point == '\n' || (point >= ' ' && point != 0xFFFE && point != 0xFFFF));
  }

  @Provide
  Arbitrary<Charset> charsets() {
    return Arbitraries.of(
        StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "<R>",
            "</R>",
            "<A>",
            "</A>",
            "<A/>",
            "<R A=\"1\"/>",
            "x",
            " ",
            "\n",
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "&lt;",
            "&x;",
            "\0",
            "<",
            ">",
            "<?",
            "?>",
            "<!DOCTYPE x>")
        .list()
        .ofMaxSize(12)
        .map(parts -> "<D>" + String.join("", parts) + "</D>");
  }

  /** Writes a share of the values as attributes, and escapes in changing ways. */
  private record TinyWriter(int attributes, Random chance) {

    String write(Table table) {
      StringBuilder text = new StringBuilder("<Document>");
      for (List<@Nullable String> row : table.rows()) {
        StringBuilder tag = new StringBuilder(chance.nextBoolean() ? "\n<E" : "<E");
        StringBuilder elements = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
          String name = table.names().get(i);
          String value = row.get(i);
          if (value != null && chance.nextInt(100) < attributes) {
            tag.append(' ')
                .append(name)
                .append("=\"")
                .append(escaped(value, true))
                .append('"');
          } else if (value != null) {
            elements.append(element(name, value));
          }
        }
        text.append(tag).append('>').append(elements).append("</E>");
      }
      return text.append("</Document>").toString();
    }

    private String element(String name, String value) {
      boolean cdata = chance.nextInt(4) == 0 && !value.contains("]]>");
      String text = cdata ? "<![CDATA[" + value + "]]>" : escaped(value, false);
      return value.isEmpty() && chance.nextBoolean()
          ? "<" + name + "/>"
          : "<" + name + ">" + text + "</" + name + ">";
    }

    private String escaped(String value, boolean attribute) {
      String text = value
          .replace("&", chance.nextBoolean() ? "&amp;" : "&#38;")
          .replace("<", "&lt;")
          .replace(">", "&gt;");
      return attribute
          ? text.replace("\"", "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
          : text;
    }
  }
}
