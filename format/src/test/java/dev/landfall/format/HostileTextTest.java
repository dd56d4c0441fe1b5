package dev.landfall.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.landfall.file.ExportedFile;
import dev.landfall.testkit.ExportedFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What delimited text should not look like, and what it costs to find out. */
class HostileTextTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long FLAT = 40_000_000;

  @TempDir
  Path folder;

  @Test
  void tenThousandColumnsAreReadIfTheyAreExpected() throws IOException {
    String names = columns("C");
    byte[] bytes = (names + "\n" + columns("v") + "\n").getBytes(StandardCharsets.UTF_8);
    Reading reading = Reading.of(DelimitedText.csv().withMostColumns(10_000), bytes);
    assertEquals(10_000, reading.names().size());
    assertEquals("v9999", reading.rows().get(0).get(9_999));
    assertEquals(
        "Line 1, column 4097: at most 4096 fields in a row were expected (limit 'most columns').",
        assertThrows(MalformedFileException.class, () -> Reading.of(DelimitedText.csv(), bytes))
            .getMessage());
  }

  private static String columns(String prefix) {
    return IntStream.range(0, 10_000).mapToObj(i -> prefix + i).collect(Collectors.joining(","));
  }

  @Test
  void aMillionEqualNamesAreMendedInOneGo() throws IOException {
    byte[] bytes = "A,,".repeat(200_000).getBytes(StandardCharsets.UTF_8);
    DelimitedText wide = DelimitedText.csv().withMostColumns(500_000);
    ExportedFile file = ExportedFiles.in(folder).named("export.csv", bytes);
    try (RecordFormat.Records records = wide.read(file, BadRecords.mended())) {
      assertEquals(400_001, records.names().size());
      assertEquals("A_200000", records.names().get(399_998));
    }
  }

  @Test
  void aFieldOfAHundredMegabytesIsRefusedInFlatMemory() throws IOException {
    assertTooLong("A,B\n1,", ReadText.REFUSED, ReadText.ASIDE, ReadText.MENDED);
    assertTooLong("A,B\n1,\"", ReadText.REFUSED, ReadText.ASIDE, ReadText.MENDED);
    assertTooLong("A,B\n1,\"a\"b", ReadText.ASIDE, ReadText.MENDED);
  }

  private void assertTooLong(String begin, ReadText.Choice... choices) throws IOException {
    ExportedFile file = longField(begin);
    for (ReadText.Choice choice : choices) {
      long before = allocated();
      MalformedFileException refusal =
          assertThrows(MalformedFileException.class, () -> read(file, choice));
      assertEquals(
          "Line 2, column 2 (B): a field of at most 1048576 characters was expected (limit 'longest"
              + " field'). Is a quote never closed?",
          refusal.getMessage());
      assertTrue(allocated() - before < FLAT, allocated() - before + " bytes");
    }
  }

  @Test
  void aFieldOfAHundredMegabytesIsNotPlain() throws IOException {
    ExportedFile file = longField("A,B\n1,");
    long before = allocated();
    byte[] target = new byte[64 * 1024];
    try (RecordFormat.Records records = DelimitedText.csv().read(file);
        PlainText plain = records.plain().orElseThrow()) {
      assertThrows(PlainText.NotPlainException.class, () -> {
        while (plain.read(target, 0, target.length) > 0) {
          assertEquals(0, plain.records());
        }
      });
    }
    assertTrue(allocated() - before < FLAT, allocated() - before + " bytes");
  }

  @Test
  void manyStrayQualifiersCostNoMoreThanTheirFile() throws IOException {
    byte[] bytes = ("A,B\n" + "\"a\"b,1\n".repeat(300_000)).getBytes(StandardCharsets.UTF_8);
    ReadText aside = ReadText.of(DelimitedText.csv(), bytes, ReadText.ASIDE);
    assertEquals(300_000, aside.bad().size());
    assertEquals(300_001, aside.bad().get(299_999).line());
    byte[] oneField =
        ("A\n\"" + "x\"y".repeat(300_000) + "\"\n2\n").getBytes(StandardCharsets.UTF_8);
    ReadText one = ReadText.of(DelimitedText.csv(), oneField, ReadText.ASIDE);
    assertEquals(1, one.bad().size());
    assertEquals(List.of(3L), one.lines());
  }

  @Test
  void aFileThatIsCutAnywhereIsReadUpToThereOrRefused() throws IOException {
    byte[] whole = ReadText.marked("A,B\r\n\"x\r\ny\",ʤ\r\n\"🚢\",2\r\n", StandardCharsets.UTF_8);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      ReadText read = ReadText.of(DelimitedText.csv(), cut, ReadText.REFUSED);
      assertTrue(read.refusedLine() <= 4, "line " + read.refusedLine());
      assertEquals(read, ReadText.of(DelimitedText.csv(), cut, ReadText.ASIDE));
    }
  }

  @Test
  void aRecordThatIsSetAsideShowsNoValueInALog() throws IOException {
    byte[] bytes = "A\nsecret,2\n".getBytes(StandardCharsets.UTF_8);
    BadRecord bad =
        ReadText.of(DelimitedText.csv(), bytes, ReadText.ASIDE).bad().get(0);
    assertEquals(List.of("secret", "2"), bad.values());
    assertEquals(
        "bad record of line 2 with 2 values: at most the 1 fields of the header were expected, and"
            + " this row has 2 with a value among the surplus. Is a delimiter in an unquoted value?",
        bad.toString());
  }

  private ExportedFile longField(String begin) throws IOException {
    byte[] bytes = new byte[100_000_000];
    Arrays.fill(bytes, (byte) 'x');
    byte[] first = begin.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(first, 0, bytes, 0, first.length);
    return ExportedFiles.in(folder).named("export.csv", bytes);
  }

  private static void read(ExportedFile file, ReadText.Choice choice) throws IOException {
    try (RecordFormat.Records records =
        DelimitedText.csv().read(file, choice.of(new ArrayList<>()))) {
      records.next();
    }
  }

  private static long allocated() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
