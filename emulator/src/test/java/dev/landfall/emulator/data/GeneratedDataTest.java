package dev.landfall.emulator.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class GeneratedDataTest {

  private static final int ROWS = 500;

  static Stream<Entity> entities() {
    return Stream.of(
        Entities.customerGroups(), Entities.customersV3(), Entities.vendorInvoices(), nasty());
  }

  private static Entity nasty() {
    return Entity.named("Nasty", "NASTY")
        .field("CONTROL", row -> "a\tb\u0001c\rd\ne\r\nf")
        .field("QUOTES", row -> "\"\"")
        .field("MARKUP", row -> "</NASTY>&amp;<![CDATA[]]>")
        .field("WIDE", row -> "\uD83D\uDE9A\u00E4\u6771\\/")
        .field("NUMBER", row -> row.amount(-1, 1));
  }

  @ParameterizedTest
  @EnumSource(DataFormat.class)
  void theSameSeedGivesTheSameBytesAndAnotherSeedOthers(DataFormat format) throws Exception {
    GeneratedData data = Entities.customersV3().rows(50);
    assertArrayEquals(bytes(data, format), bytes(data, format));
    assertFalse(text(data, format).equals(text(data.seed(2), format)));
  }

  @ParameterizedTest
  @MethodSource("entities")
  void everyCsvValueComesBackThroughAnotherReader(Entity entity) throws Exception {
    List<List<String>> expected = expected(entity);
    List<List<String>> read = new ArrayList<>();
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder().ofCsvRecord(text(entity.rows(ROWS), DataFormat.CSV))) {
      csv.forEach(line -> read.add(line.getFields()));
    }
    assertEquals(entity.fieldNames(), read.remove(0));
    assertEquals(expected, read);
  }

  @ParameterizedTest
  @MethodSource("entities")
  void everyXmlValueComesBackThroughAnotherReader(Entity entity) throws Exception {
    XMLStreamReader xml = XMLInputFactory.newFactory()
        .createXMLStreamReader(new ByteArrayInputStream(bytes(entity.rows(ROWS), DataFormat.XML)));
    xml.nextTag();
    assertEquals("Document", xml.getLocalName());
    List<List<String>> read = new ArrayList<>();
    while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
      assertEquals(entity.element(), xml.getLocalName());
      var row = new ArrayList<String>();
      for (String field : entity.fieldNames()) {
        xml.nextTag();
        assertEquals(field, xml.getLocalName());
        row.add(xml.getElementText());
      }
      assertEquals(XMLStreamConstants.END_ELEMENT, xml.nextTag());
      read.add(row);
    }
    List<List<String>> expected = expected(entity).stream()
        .map(row -> row.stream().map(value -> value.replace('\u0001', '\uFFFD')).toList())
        .toList();
    assertEquals(expected, read);
  }

  @ParameterizedTest
  @MethodSource("entities")
  void everyJsonValueComesBackThroughAnotherReader(Entity entity) throws Exception {
    JsonNode rows = new ObjectMapper().readTree(bytes(entity.rows(ROWS), DataFormat.JSON));
    List<List<String>> read = new ArrayList<>();
    for (JsonNode row : rows) {
      var values = new ArrayList<String>();
      entity.fieldNames().forEach(name -> values.add(row.get(name).asText()));
      read.add(values);
    }
    List<List<String>> expected = expected(entity);
    assertEquals(expected.size(), read.size());
    for (int i = 0; i < expected.size(); i++) {
      for (int field = 0; field < entity.fieldNames().size(); field++) {
        JsonNode value = rows.get(i).get(field(entity, field));
        String want = expected.get(i).get(field);
        if (value.isNumber()) {
          assertEquals(0, new java.math.BigDecimal(want).compareTo(value.decimalValue()));
        } else {
          assertEquals(want, value.textValue());
        }
      }
    }
  }

  private static String field(Entity entity, int index) {
    return entity.fieldNames().get(index);
  }

  @Test
  void aByteOrderMarkIsTheOnlyDifferenceOfItsFormat() throws Exception {
    GeneratedData data = Entities.customerGroups().rows(3);
    assertEquals("\uFEFF" + text(data, DataFormat.CSV), text(data, DataFormat.CSV_WITH_BOM));
  }

  @Test
  void linesOfCsvEndWithCrlf() throws Exception {
    Entity plain = Entity.named("Plain", "PLAIN").field("A", row -> "x").field("B", row -> "");
    assertEquals("A,B\r\nx,\r\nx,\r\n", text(plain.rows(2), DataFormat.CSV));
  }

  @Test
  void noRowsStillMakeAProperFile() throws Exception {
    GeneratedData none = nasty().rows(0);
    assertEquals("CONTROL,QUOTES,MARKUP,WIDE,NUMBER\r\n", text(none, DataFormat.CSV));
    assertEquals(0, new ObjectMapper().readTree(bytes(none, DataFormat.JSON)).size());
    assertTrue(text(none, DataFormat.XML).endsWith("<Document>\n</Document>\n"));
  }

  @Test
  void textsHoldWhatCarelessReadersTripOver() throws Exception {
    String csv = text(Entities.customersV3().rows(ROWS), DataFormat.CSV);
    for (String trap : List.of(", ", "\"\"", "\n", "ü", "東京", "🚚", ",,,,")) {
      assertTrue(csv.contains(trap), trap);
    }
  }

  @Test
  void aNewFieldLeavesTheValuesOfOthersAsTheyWere() throws Exception {
    Entity one = Entity.named("One", "ONE").field("A", row -> row.between(0, 1_000_000));
    Entity two = one.field("B", row -> row.between(0, 1_000_000));
    List<String> before = expected(one).stream().map(row -> row.get(0)).toList();
    assertEquals(before, expected(two).stream().map(row -> row.get(0)).toList());
  }

  @Test
  void invoiceLinesHaveUniqueKeysAndTheirAmountIsPriceTimesQuantity() throws Exception {
    Entity invoices = Entities.vendorInvoices();
    int price = invoices.fieldNames().indexOf("UNITPRICE");
    int quantity = invoices.fieldNames().indexOf("RECEIVEDQUANTITY");
    int amount = invoices.fieldNames().indexOf("LINEAMOUNT");
    Set<String> keys = new HashSet<>();
    for (List<String> row : expected(invoices)) {
      assertTrue(keys.add(row.get(0) + "/" + row.get(1)));
      assertEquals(
          new java.math.BigDecimal(row.get(amount)),
          new java.math.BigDecimal(row.get(price))
              .multiply(new java.math.BigDecimal(row.get(quantity))));
    }
  }

  @Test
  void aMillionInvoiceLinesAreWrittenWithoutBeingHeld() throws Exception {
    var count = new LineCounter();
    Entities.vendorInvoices().rows(1_000_000).write(DataFormat.CSV, count);
    assertTrue(count.lines > 1_000_000, "a header, a million rows, some with line breaks");
    assertTrue(count.largest < 1_000_000, "written in pieces: " + count.largest);
    assertTrue(count.bytes > 100_000_000, "bytes: " + count.bytes);
  }

  private static final class LineCounter extends OutputStream {

    private long lines;
    private long bytes;
    private int largest;

    @Override
    public void write(int b) {
      throw new AssertionError("single bytes are slow");
    }

    @Override
    public void write(byte[] block, int offset, int length) {
      largest = Math.max(largest, length);
      bytes += length;
      for (int i = offset; i < offset + length; i++) {
        if (block[i] == '\n') {
          lines++;
        }
      }
    }
  }

  /** The values as the fields give them, without any writer. */
  private static List<List<String>> expected(Entity entity) {
    var row = new Row(1, "usmf");
    List<List<String>> rows = new ArrayList<>();
    for (int number = 1; number <= ROWS; number++) {
      var values = new ArrayList<String>();
      for (int i = 0; i < entity.fields().size(); i++) {
        row.moveTo(number, i);
        values.add(String.valueOf(entity.fields().get(i).value().apply(row)));
      }
      rows.add(values);
    }
    return rows;
  }

  private static byte[] bytes(GeneratedData data, DataFormat format) throws IOException {
    var out = new ByteArrayOutputStream();
    data.write(format, out);
    return out.toByteArray();
  }

  private static String text(GeneratedData data, DataFormat format) throws IOException {
    return new String(bytes(data, format), StandardCharsets.UTF_8);
  }
}
