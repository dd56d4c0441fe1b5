package dev.landfall.app.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

  @TempDir
  Path folder;

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  private boolean run(Path keep, boolean bars) throws Exception {
    return new Demo(keep, 500, null, bars)
        .run(new PrintStream(shown, true, StandardCharsets.UTF_8));
  }

  private String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }

  private static long rows(Path database, String table) throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        var statement = connection.createStatement();
        var result = statement.executeQuery("select count(*) from " + table)) {
      return result.getLong(1);
    }
  }

  @Test
  void threeExportsLandAsFilesAndRowsAndTheDeadLinkIsADeadLetter() throws Exception {
    Path keep = folder.resolve("kept");
    assertTrue(run(keep, false), this::shown);
    assertEquals(12, rows(keep.resolve("tables.db"), "customer_groups"));
    assertEquals(2_000, rows(keep.resolve("tables.db"), "customers_v3"));
    assertEquals(500, rows(keep.resolve("tables.db"), "vendor_invoices"));
    try (Stream<Path> files = Files.walk(keep.resolve("exports"))) {
      assertEquals(3, files.filter(Files::isRegularFile).count());
    }
    assertTrue(shown().contains("was delivered again; it is STORED already"), shown());
    assertTrue(shown().contains("on customer-groups, LINK_EXPIRED."), shown());
    assertFalse(shown().contains("sig="), shown());
  }

  @Test
  void barsAreDrawnOnATerminal() throws Exception {
    assertTrue(run(folder.resolve("kept"), true), this::shown);
    assertTrue(shown().contains("█"), shown());
    assertTrue(shown().contains("\033["), shown());
  }

  @Test
  void aFolderThatIsNotEmptyIsLeftAlone() throws Exception {
    Path mine = Files.writeString(folder.resolve("mine"), "precious");
    IOException refused = assertThrows(IOException.class, () -> run(folder, false));
    assertTrue(String.valueOf(refused.getMessage()).contains("is not empty"));
    assertEquals("precious", Files.readString(mine));
  }
}
