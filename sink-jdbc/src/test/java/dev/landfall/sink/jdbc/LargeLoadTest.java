package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that are larger than memory, in a process that has 64 MiB.
 * {@code -Dlandfall.loaded.records=5000000} loads more of them, and
 * {@code -Dlandfall.merged.records=5000000} merges more; that takes over two minutes.
 */
@Timeout(180)
class LargeLoadTest {

  /** So long that 700,000 records are more than memory. */
  private static final String NAME =
      "a customer of ours with a long name of which a number of records fill memory soon enough";

  private static final int RECORDS = Integer.getInteger("landfall.loaded.records", 1_000_000);

  /** Merging takes the database long; 5,000,000 take over a minute. */
  private static final int MERGED = Integer.getInteger("landfall.merged.records", 1_000_000);

  @TempDir
  static Path folder;

  @RegisterExtension
  static final Postgres POSTGRES = new Postgres();

  @RegisterExtension
  static final Sqlite SQLITE = new Sqlite();

  private static Path records;

  @BeforeAll
  static void write() throws IOException {
    records = write(folder.resolve("records.csv"), RECORDS);
  }

  private static Path write(Path file, int count) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("ID,NAME,AMOUNT\n");
      for (int i = 0; i < count; i++) {
        out.write(Integer.toString(i));
        out.write("," + NAME + ",\"1,250.00\"\n");
      }
    }
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", LargeLoadProgram.ONE_BY_ONE})
  void aMillionRecordsAreCopied(String way) throws Exception {
    String url = POSTGRES.url();
    assertEquals(List.of(RECORDS + ""), told(url, records, way));
    assertLoaded(POSTGRES);
  }

  @Test
  void aMillionRecordsAreInserted() throws Exception {
    assertEquals(List.of(RECORDS + ""), told("jdbc:sqlite:" + SQLITE.file(), records, ""));
    assertLoaded(SQLITE);
  }

  private static void assertLoaded(TestDatabase tested) throws SQLException {
    assertEquals(
        List.of(RECORDS + "|" + RECORDS),
        Rows.of(
            tested.database(),
            "SELECT COUNT(*), COUNT(DISTINCT \"ID\") FROM large WHERE \"AMOUNT\" = '1,250.00'"));
  }

  @Test
  void aMillionRecordsReplaceThoseThatAreThereAndLeaveTheOthers() throws Exception {
    Path earlier = folder.resolve("earlier.csv");
    try (BufferedWriter out = Files.newBufferedWriter(earlier)) {
      out.write("ID,NAME,AMOUNT\n");
      // One in twenty of the keys that come, and as many that do not.
      for (int i = 0; i < 2 * MERGED; i += 20) {
        out.write(i + ",as it was,7\n");
      }
    }
    Path later = write(folder.resolve("later.csv"), MERGED);
    assertEquals(List.of(MERGED / 10 + ""), told(POSTGRES.url(), earlier, "2026-03-01T08:00:00Z"));
    assertEquals(List.of(MERGED + ""), told(POSTGRES.url(), later, "2026-03-02T08:00:00Z"));
    // Keys are unique, so with count, least and greatest there can be no others.
    assertEquals(
        List.of(
            "1,250.00|%s|2026-03-02|%d|0|%d".formatted(NAME, MERGED, MERGED - 1),
            "7|as it was|2026-03-01|%d|%d|%d".formatted(MERGED / 20, MERGED, 2 * MERGED - 20)),
        Rows.of(POSTGRES.database(), """
            SELECT "AMOUNT", "NAME", date(landfall_exported_at AT TIME ZONE 'UTC'),
              COUNT(*), MIN("ID"::int), MAX("ID"::int)
            FROM large GROUP BY 1, 2, 3"""));
  }

  @Test
  void aFieldOfAHundredMegabytesIsRefused() throws Exception {
    Path field = folder.resolve("field.csv");
    try (BufferedWriter out = Files.newBufferedWriter(field)) {
      out.write("ID,NAME\n1,a\n2,");
      for (int i = 0; i < 100; i++) {
        out.write("x".repeat(1 << 20));
      }
    }
    for (String url : List.of(POSTGRES.url(), "jdbc:sqlite:" + SQLITE.file())) {
      assertEquals(
          List.of("Line 3, column 2 (NAME): a field of at most 1048576 characters was expected"
              + " (limit 'longest field'). Is a quote never closed?"),
          told(url, field, ""));
    }
    for (TestDatabase tested : List.of(POSTGRES, SQLITE)) {
      assertEquals(List.of(), Rows.ofTable(tested.database(), "large"));
      assertEquals(List.of(), Rows.ofTable(tested.database(), "landfall_load"));
    }
  }

  /** {@return what the program prints} */
  private static List<String> told(String url, Path file, String way) throws Exception {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx64m",
        "-cp",
        System.getProperty("java.class.path"),
        LargeLoadProgram.class.getName(),
        url,
        "large",
        file.toString()));
    if (!way.isEmpty()) {
      command.add(way);
    }
    Process process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    try {
      byte[] told = process.getInputStream().readAllBytes();
      return new String(told, StandardCharsets.UTF_8).lines().toList();
    } finally {
      process.destroy();
    }
  }
}
