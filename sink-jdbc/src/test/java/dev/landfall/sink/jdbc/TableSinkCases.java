package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.LandfallException;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the sink does in every database. */
abstract class TableSinkCases extends TableSinkRefusals {

  @Test
  void theTableIsCreatedWithTheNamesOfTheFile() throws Exception {
    Receipt receipt = appending("groups").store(csv("1", "ID,Some Name\n1,Net 30\n2,\n3\n"));
    assertEquals(new Receipt("table groups", 27, 3L), receipt);
    assertEquals(
        List.of("1|Net 30", "2|", "3|null"),
        Rows.of(database(), "SELECT \"ID\", \"Some Name\" FROM groups"));
  }

  @Test
  void withoutAKeyEveryRecordAddsARow() throws Exception {
    appending("groups").store(csv("1", "ID,NAME\n1,a\n1,a\n"));
    appending("groups").store(csv("2", "ID,NAME\n1,a\n"));
    assertEquals(List.of("1|a", "1|a", "1|a"), Rows.ofTable(database(), "groups"));
  }

  @Test
  void withAKeyARowReplacesTheOneThatHasItAndTheLastOfAFileWins() throws Exception {
    upserting("groups").store(csv("1", "ID,NAME\n1,a\n2,b\n1,c\n"));
    assertEquals(List.of("1|c", "2|b"), Rows.ofTable(database(), "groups"));
    Receipt receipt = upserting("groups").store(csv("2", "id,name\n3,e\n1,d\n3,f\n"));
    assertEquals(List.of("1|d", "2|b", "3|f"), Rows.ofTable(database(), "groups"));
    assertEquals(3L, receipt.recordCount());
  }

  @Test
  void aTableOfNothingButItsKeyKeepsEachOnce() throws Exception {
    upserting("groups").store(csv("1", "ID\n1\n2\n"));
    upserting("groups").store(csv("2", "ID\n2\n3\n"));
    assertEquals(List.of("1", "2", "3"), Rows.ofTable(database(), "groups"));
  }

  @Test
  void anExportOfCustomersIsUpsertedByAccountAndCompany() throws Exception {
    byte[] customers =
        Files.readAllBytes(ForeignFiles.folder("finops").resolve("customers-v3.csv"));
    JdbcTableSink sink = JdbcTableSink.into(database())
        .table("customers")
        .upsertBy("CUSTOMERACCOUNT", "DATAAREAID")
        .build();
    Receipt receipt = sink.store(files.withEventId("1").named("Customers V3.csv", customers));
    sink.store(files.withEventId("2").named("Customers V3.csv", customers));
    assertEquals(3L, receipt.recordCount());
    assertEquals(
        List.of(
            "IMP-110143|GBSI|Import - 110142-2",
            "IMP-110143|USMF|Import - 110142-1",
            "IMP-910140|GBSI|IMP-910140"),
        Rows.of(
            database(),
            "SELECT \"CUSTOMERACCOUNT\", \"DataAreaId\", \"ORGANIZATIONNAME\" FROM customers"));
  }

  @Test
  void aTableThatExistsTakesNamesOfAnyCaseAndKeepsItsOtherColumns() throws Exception {
    Rows.execute(
        database(),
        "CREATE TABLE groups"
            + " (id VARCHAR(20) PRIMARY KEY, note VARCHAR(20) DEFAULT 'mine', name TEXT)",
        "INSERT INTO groups VALUES ('1', 'kept', 'old')");
    upserting("groups").store(csv("1", "NAME,ID\nnew,1\nnext,2\n"));
    assertEquals(List.of("1|kept|new", "2|mine|next"), Rows.ofTable(database(), "groups"));
  }

  @Test
  void namesMayHoldAnyCharacter() throws Exception {
    String table = "we\"ird; DROP TABLE x --";
    appending(table).store(csv("1", "\"a\"\"b\",c d,\"x); --\",Größe,select\n1,2,3,4,5\n"));
    appending(table).store(csv("2", "GRÖSSE,\"a\"\"B\"\n4,1\n".replace("GRÖSSE", "größe")));
    assertEquals(List.of("1|2|3|4|5", "1|null|null|4|null"), Rows.ofTable(database(), table));
  }

  @Test
  void theLoadRecordTellsWhatWasLoadedAndWhen() throws Exception {
    ExportedFile file = csv("event-7", "ID\n1\n2\n");
    JdbcTableSink.into(database())
        .table("groups")
        .clock(Clock.fixed(Instant.parse("2026-03-01T08:15:30.123Z"), ZoneOffset.UTC))
        .build()
        .store(file);
    assertEquals(
        List.of("event-7|groups|export.csv|7|" + file.sha256() + "|2"),
        Rows.of(
            database(),
            "SELECT event_id, table_name, file_name, file_length, sha256, row_count"
                + " FROM landfall_load"));
    String loadedAt = Rows.of(database(), "SELECT loaded_at FROM landfall_load").get(0);
    assertTrue(loadedAt.startsWith("2026-03-01") && loadedAt.contains("15:30.123"), loadedAt);
  }

  @Test
  void theReceiptOfAnEventThatIsLoadedComesFromItsRecord() throws Exception {
    Receipt first = appending("groups").store(csv("1", "ID\n1\n2\n"));
    Rows.execute(database(), "DROP TABLE groups");
    assertEquals(first, appending("groups").store(csv("1", "ID\n1\n2\n")));
    assertEquals(List.of(), Rows.ofTable(database(), "groups"));
  }

  @Test
  void oneEventMayBeLoadedIntoTwoTables() throws Exception {
    ExportedFile file = csv("1", "ID\n1\n");
    appending("groups").store(file);
    appending("archive").store(file);
    assertEquals(List.of("1"), Rows.ofTable(database(), "groups"));
    assertEquals(List.of("1"), Rows.ofTable(database(), "archive"));
  }

  @Test
  void aHeaderAloneCreatesTheTableAndAnEmptyFileDoesNot() throws Exception {
    assertEquals(0L, upserting("groups").store(csv("1", "ID,NAME\n")).recordCount());
    assertEquals(0L, upserting("nothing").store(csv("1", "")).recordCount());
    assertEquals(List.of("0"), Rows.of(database(), "SELECT COUNT(*) FROM groups"));
    assertThrows(SQLException.class, () -> Rows.of(database(), "SELECT * FROM nothing"));
  }

  @Test
  void aCutAtAnyStepLeavesTheTableAsBeforeOrAfterAndTheNextTryCompletesIt() throws Exception {
    StringBuilder text = new StringBuilder("ID,NAME\n");
    IntStream.range(0, 1001).forEach(i -> text.append(i).append(",new\n"));
    for (boolean afterTheStep : new boolean[] {false, true}) {
      FailingDatabase.Countdown countdown = new FailingDatabase.Countdown(1, afterTheStep);
      for (int step = 1; step == 1 || countdown.broken(); step++) {
        countdown = new FailingDatabase.Countdown(step, afterTheStep);
        cutAndRepeat(csv("cut-" + afterTheStep + step, text.toString()), countdown, step % 2 == 0);
      }
    }
  }

  private void cutAndRepeat(
      ExportedFile file, FailingDatabase.Countdown countdown, boolean firstIntoTheTable)
      throws Exception {
    Rows.execute(database(), "DROP TABLE IF EXISTS groups", "DROP TABLE IF EXISTS landfall_load");
    if (!firstIntoTheTable) {
      upserting("groups").store(csv("before", "ID,NAME\n7,old\nx,old\n"));
    }
    List<String> before = Rows.ofTable(database(), "groups");
    List<String> left;
    try {
      JdbcTableSink.into(FailingDatabase.of(database(), countdown))
          .table("groups")
          .upsertBy("ID")
          .build()
          .store(file);
      left = Rows.ofTable(database(), "groups");
      assertFalse(left.equals(before));
    } catch (LandfallException cut) {
      assertTrue(cut.retryable(), cut::getMessage);
      left = Rows.ofTable(database(), "groups");
    }
    Receipt receipt = upserting("groups").store(file);
    assertEquals(1001L, receipt.recordCount());
    List<String> after = Rows.ofTable(database(), "groups");
    assertEquals(firstIntoTheTable ? 1001 : 1002, after.size());
    assertTrue(left.equals(before) || left.equals(after), () -> "between before and after");
  }

  @Test
  void aHundredThousandRowsAreStored() throws Exception {
    ExportedFile empty = csv("1", "");
    try (BufferedWriter text = Files.newBufferedWriter(empty.path())) {
      text.write("ID,NAME,GROUP,CITY,COUNTRY\n");
      for (int i = 0; i < 100_000; i++) {
        text.write(i + ",Customer number " + i + ",10,Redmond,USA\n");
      }
    }
    assertEquals(100_000L, upserting("customers").store(empty).recordCount());
    assertEquals(
        List.of("100000|99999"),
        Rows.of(database(), "SELECT COUNT(*), MAX(CAST(\"ID\" AS INTEGER)) FROM customers"));
  }
}
