package dev.landfall.bench.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.bench.peer.Postgres;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InvoicesTest {

  @TempDir
  Path folder;

  private String written(int rows, Charset charset) throws IOException {
    Path file = folder.resolve(rows + charset.name());
    Invoices.write(rows, charset, file);
    return Files.readString(file, charset);
  }

  @Test
  void aFileHasAHeaderTenColumnsAndAHundredAndElevenBytesARow() throws Exception {
    List<String> lines = written(10_000, StandardCharsets.UTF_8).lines().toList();
    assertEquals(10_001, lines.size());
    assertEquals(String.join(",", Invoices.COLUMNS), lines.get(0));
    assertEquals(10, lines.get(0).split(",", -1).length);
    long bytes = Files.size(folder.resolve("10000UTF-8"));
    assertTrue(bytes > 1_100_000 && bytes < 1_120_000, () -> Long.toString(bytes));
  }

  @Test
  void anotherCharsetHasTheSameTextAfterItsMark() throws Exception {
    assertEquals(
        "\uFEFF" + written(100, StandardCharsets.UTF_8), written(100, StandardCharsets.UTF_16LE));
  }

  @Test
  void aRowThatIsMissingOrDiffersIsNoticed() throws Exception {
    Content three = Invoices.write(3, StandardCharsets.UTF_8, folder.resolve("three"));
    Content four = Invoices.write(4, StandardCharsets.UTF_8, folder.resolve("four"));
    assertNotEquals(three.text(), four.text());
    try (Postgres postgres = Postgres.start(folder.resolve("postgres"))) {
      InvoiceTable table = InvoiceTable.create(postgres, Mode.UPSERT);
      table.require(new Content());
      table.prepare(4);
      Content old = new Content();
      old.add(List.of(
          "FTI-00000002",
          "old 2",
          "old 2",
          "old 2",
          "old 2",
          "old 2",
          "old 2",
          "old 2",
          "old 2",
          "old"));
      IOException failure = assertThrows(IOException.class, () -> table.require(old));
      assertTrue(failure.toString().contains("there is 2 "), failure::toString);
      postgres.execute("DELETE FROM invoices WHERE invoiceid = 'FTI-00000004'");
      table.require(old);
      postgres.execute("UPDATE invoices SET duedate = NULL");
      assertThrows(IOException.class, () -> table.require(old));
    }
  }
}
