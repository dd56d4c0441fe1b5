package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import dev.landfall.spi.SinkException;
import dev.landfall.testkit.ExportedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server whose process ends while rows are on their way to it. */
class PostgresCutTest implements TableSinkCase {

  private static final int RECORDS = 100_000;
  private static final int CUT = 70_000;

  @TempDir
  Path folder;

  @RegisterExtension
  static final Postgres POSTGRES = new Postgres();

  enum Way {
    APPEND,
    UPSERT,
    REPLACE;

    JdbcTableSinkBuilder of(JdbcTableSinkBuilder sink) {
      return switch (this) {
        case APPEND -> sink;
        case UPSERT -> sink.upsertBy("ID");
        case REPLACE -> sink.replaceBy("ID");
      };
    }
  }

  @Override
  public TestDatabase tested() {
    return POSTGRES;
  }

  @Override
  public ExportedFiles files() {
    return ExportedFiles.in(folder);
  }

  private ExportedFile before() throws IOException {
    return files()
        .withEventId("before")
        .withTime(Instant.parse("2026-02-28T08:15:30Z"))
        .csv("ID,NAME\nx,old\n");
  }

  private ExportedFile large() throws IOException {
    return csv(
        "large",
        IntStream.range(0, RECORDS)
            .mapToObj(i -> i + ",new\n")
            .collect(Collectors.joining("", "ID,NAME\n", "")));
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatEndsWhileItCopiesLeavesTheTableAsBefore(Way way) throws Exception {
    JdbcTableSink sink = way.of(into("groups")).build();
    sink.store(before());
    Rows.execute(database(), """
        CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$""", """
        CREATE TRIGGER cut BEFORE INSERT ON groups FOR EACH ROW
          WHEN (NEW."ID" = '%d') EXECUTE FUNCTION cut()""".formatted(CUT));
    assertCut(way, sink, () -> Rows.execute(database(), "DROP TRIGGER cut ON groups"));
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatEndsBeforeAllIsSentLeavesTheTableAsBefore(Way way) throws Exception {
    way.of(into("groups")).build().store(before());
    CutText cutting = new CutText(CUT, PostgresCutTest::end);
    assertCut(way, way.of(into("groups")).format(cutting).build(), () -> {
      assertTrue(cutting.isCut());
    });
  }

  private interface Mending {
    void mend() throws SQLException;
  }

  private void assertCut(Way way, JdbcTableSink sink, Mending mending) throws Exception {
    ExportedFile file = large();
    SinkException cut = assertThrows(SinkException.class, () -> sink.store(file));
    assertTrue(cut.retryable(), cut::getMessage);
    assertEquals(List.of("x|old"), rows("groups", "ID", "NAME"));
    assertEquals(List.of("before"), own("landfall_load", "event_id"));
    mending.mend();
    Receipt receipt = sink.store(file);
    assertEquals((long) RECORDS, receipt.recordCount());
    List<String> rows = rows("groups", "ID", "NAME");
    assertEquals(way == Way.REPLACE ? RECORDS : RECORDS + 1, rows.size());
    assertEquals(List.of("before", "large"), own("landfall_load", "event_id"));
  }

  private static void end() throws SQLException {
    Rows.execute(
        POSTGRES.database(),
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            + " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
  }
}
