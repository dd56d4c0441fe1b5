package dev.landfall.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.file.ExportedFile;
import dev.landfall.testkit.ExportedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read is not kept. */
class FlatMemoryTest {

  private static final int RECORDS = 40_000;
  private static final long MOST_KEPT = 2L << 20;
  private static final String VALUE = "x".repeat(90);

  @TempDir
  Path folder;

  @Test
  void recordsOfXmlAreNotKept() throws IOException {
    assertFlat(
        XmlText.xml(),
        ("<D>" + all(i -> "<R><A>" + i + VALUE + "</A></R>") + "</D>")
            .getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void recordsOfJsonAreNotKept() throws IOException {
    assertFlat(
        JsonText.json(),
        all(i -> "{\"A\":\"" + i + VALUE + "\"}").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void rowsOfAWorkbookAreNotKept() throws IOException {
    assertFlat(
        Workbook.xlsx(),
        Workbooks.of(Workbooks.row(1, "A") + all(i -> Workbooks.row(i + 2, i + VALUE)))
            .bytes());
  }

  private static String all(IntFunction<String> record) {
    return IntStream.range(0, RECORDS).mapToObj(record).collect(Collectors.joining());
  }

  private void assertFlat(RecordFormat format, byte[] bytes) throws IOException {
    ExportedFile file = ExportedFiles.in(folder).named("export", bytes);
    long before = used();
    try (RecordFormat.Records records = format.read(file)) {
      for (int i = 0; i < RECORDS; i++) {
        ExportedRecord record = records.next();
        assertEquals(i + VALUE, record == null ? "none" : record.value(0));
      }
      long kept = used() - before;
      assertTrue(kept < MOST_KEPT, () -> kept + " bytes kept");
    }
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
