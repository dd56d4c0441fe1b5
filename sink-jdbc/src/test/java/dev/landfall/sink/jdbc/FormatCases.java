package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.landfall.emulator.data.DataFormat;
import dev.landfall.emulator.data.Entities;
import dev.landfall.emulator.data.GeneratedData;
import dev.landfall.file.ExportedFile;
import dev.landfall.format.DelimitedText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever its format and encoding, a file of the same records makes the same table. */
interface FormatCases extends TableSinkCase {

  @Test
  default void theSameRecordsMakeTheSameTableInEveryFormatAndEncoding() throws Exception {
    Table western = Table.of(
        "ID NAME Note",
        "0010",
        "Müller, \"Söhne\" & Co; <KG>",
        "two\nlines\tand a tab",
        "0020",
        "5 € | 7",
        "",
        "0030",
        "C:\\new\\table",
        " blanks around ",
        "0040",
        "NULL",
        "\\N",
        "0050",
        "1,5E3",
        "=SUM(A1)");
    assertSameTables(western, Encoded.values());
    Table worldwide = Table.of(
        "ID NAME",
        "1",
        "東京 😀",
        "2",
        "\u0639\u0631\u0628\u064A e\u0301",
        "3",
        "\uFB01\u00A0\u2028");
    assertSameTables(
        worldwide, Encoded.UTF_8, Encoded.UTF_8_WITH_MARK, Encoded.UTF_16LE, Encoded.UTF_16BE);
  }

  private void assertSameTables(Table table, Encoded... encodings) throws Exception {
    for (Encoded encoding : encodings) {
      for (Written way : Written.values()) {
        if (way.canBe(encoding)) {
          String name = "%s_%s_%d".formatted(way, encoding, table.names().size());
          load(name, way, encoding, files().named(way.fileName(), way.bytes(table, encoding)));
          assertEquals(table.shown(), rows(name, table.names().toArray(String[]::new)), name);
        }
      }
    }
  }

  private void load(String table, Written way, Encoded encoding, ExportedFile file)
      throws IOException {
    JdbcTableSinkBuilder sink = into(table);
    if (encoding == Encoded.WINDOWS && way.isDelimited()) {
      sink.format(DelimitedText.csv().withCharset(encoding.charset()));
    }
    sink.build().store(file);
  }

  @Test
  default void generatedEntitiesMakeTheSameTableInEveryFormat() throws Exception {
    assertSameTables(Entities.customerGroups().rows(300), "CUSTOMERGROUPID");
    assertSameTables(Entities.vendorInvoices().rows(300), "INVOICENUMBER", "INVOICELINENUMBER");
    assertSameTables(Entities.customersV3().rows(20), "CUSTOMERACCOUNT");
  }

  private void assertSameTables(GeneratedData data, String... keys) throws Exception {
    String[] names = data.entity().fieldNames().toArray(String[]::new);
    List<String> first = List.of();
    for (DataFormat format : DataFormat.values()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      data.write(format, bytes);
      String table = data.entity().element() + "_" + format;
      into(table)
          .upsertBy(keys)
          .build()
          .store(files().named("export." + format.extension(), bytes.toByteArray()));
      List<String> rows = rows(table, names);
      assertEquals(data.count(), rows.size(), table);
      assertEquals(format == DataFormat.CSV ? rows : first, rows, table);
      first = rows;
    }
  }
}
