package dev.landfall.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.sun.management.ThreadMXBean;
import dev.landfall.event.Reason;
import dev.landfall.file.ExportedFile;
import dev.landfall.testkit.ExportedFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.io.TempDir;

/** Plays tables of files: none may crash, hang or take much memory, whatever it is. */
abstract class FormatCorpus {

  /** What a case may allocate in all, freed or not; hostile files would take more. */
  private static final long MOST_ALLOCATED = 48L << 20;

  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir
  Path folder;

  /** One file, and what is to become of it. */
  record Case(
      String name,
      RecordFormat format,
      Supplier<byte[]> bytes,
      String choice,
      boolean read,
      String told) {}

  /** The format of cases that name none. */
  abstract RecordFormat format();

  final Case read(String name, String text, String table) {
    return read(name, text.getBytes(UTF_8), table);
  }

  final Case read(String name, byte[] bytes, String table) {
    return read(name, format(), bytes, table);
  }

  static Case read(String name, RecordFormat format, byte[] bytes, String table) {
    return new Case(name, format, () -> bytes, "refused", true, table);
  }

  final Case setAside(String name, byte[] bytes, String table) {
    return new Case(name, format(), () -> bytes, "set aside", true, table);
  }

  final Case mended(String name, byte[] bytes, String table) {
    return new Case(name, format(), () -> bytes, "mended", true, table);
  }

  final Case unmendable(String name, byte[] bytes, String told) {
    return new Case(name, format(), () -> bytes, "mended", false, told);
  }

  final Case refused(String name, String text, String told) {
    return refused(name, text.getBytes(UTF_8), told);
  }

  final Case refused(String name, byte[] bytes, String told) {
    return refused(name, format(), bytes, told);
  }

  static Case refused(String name, RecordFormat format, byte[] bytes, String told) {
    return new Case(name, format, () -> bytes, "refused", false, told);
  }

  final Case refused(String name, Supplier<byte[]> bytes, String told) {
    return new Case(name, format(), bytes, "refused", false, told);
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** A text of 100 MB, made when it is needed. */
  static Supplier<byte[]> huge(String before, String after) {
    return () -> filled(before, 100 << 20, after);
  }

  /** A text of 16 MB, made when it is needed. */
  static Supplier<byte[]> large(String before, String after) {
    return () -> filled(before, 16 << 20, after);
  }

  private static byte[] filled(String before, int length, String after) {
    byte[] all = new byte[before.length() + length + after.length()];
    Arrays.fill(all, (byte) '1');
    System.arraycopy(bytes(before), 0, all, 0, before.length());
    System.arraycopy(bytes(after), 0, all, before.length() + length, after.length());
    return all;
  }

  final Stream<DynamicTest> tests(Case... cases) {
    return Stream.of(cases)
        .map(each ->
            dynamicTest(each.name, () -> assertTimeoutPreemptively(LONGEST, () -> play(each))));
  }

  private void play(Case each) throws IOException {
    ExportedFile file = ExportedFiles.in(folder).named("export", each.bytes.get());
    long before = THREADS.getCurrentThreadAllocatedBytes();
    if (each.read) {
      assertEquals(each.told, table(each.format, file, each.choice));
    } else {
      MalformedFileException refused =
          assertThrows(MalformedFileException.class, () -> table(each.format, file, each.choice));
      assertTrue(refused.getMessage().contains(each.told), refused.getMessage());
      assertEquals(Reason.MALFORMED_FILE, refused.reason());
      assertFalse(refused.retryable());
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < MOST_ALLOCATED, () -> allocated + " bytes allocated");
  }

  /** {@return names, then each record with its line; one that is set aside after a mark} */
  static String table(RecordFormat format, ExportedFile file, String choice) throws IOException {
    List<String> rows = new ArrayList<>();
    BadRecords bad = choice.equals("mended")
        ? BadRecords.mended()
        : choice.equals("refused")
            ? BadRecords.refused()
            : BadRecords.setAside(each -> rows.add("!" + each.line() + each.values()));
    try (RecordFormat.Records records = format.read(file, bad)) {
      rows.add(records.names().toString());
      for (ExportedRecord next = records.next(); next != null; next = records.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < next.names().size(); i++) {
          values.add(String.valueOf(next.value(i)));
        }
        rows.add(next.line() + values.toString());
      }
    }
    return String.join(" ", rows);
  }
}
