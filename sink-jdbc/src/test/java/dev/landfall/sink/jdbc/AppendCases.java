package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows that are added. */
interface AppendCases extends TableSinkCase {

  @Test
  default void theTableIsCreatedWithTheNamesOfTheFile() throws Exception {
    Receipt receipt = appending("groups").store(csv("1", "ID,Some Name\n1,Net 30\n2,\n3\n"));
    assertEquals(new Receipt("table groups", 27, 3L), receipt);
    assertEquals(List.of("1|Net 30", "2|", "3|null"), rows("groups", "ID", "Some Name"));
  }

  @Test
  default void withoutAKeyEveryRecordAddsARow() throws Exception {
    appending("groups").store(csv("1", "ID,NAME\n1,a\n1,a\n"));
    appending("groups").store(csv("2", "ID,NAME\n1,a\n"));
    assertEquals(List.of("1|a", "1|a", "1|a"), rows("groups"));
  }

  @Test
  default void anyCharacterIsStoredAsItIs() throws Exception {
    appending("groups")
        .store(csv("1", "ID,A,B\n1,\"a\tb\nc\rd\\N\\\",\"Ä€😀 \"\"q\"\"\"\n2,\\N,\\.\n"));
    assertEquals(
        List.of("1|a\tb\nc\rd\\N\\|Ä€😀 \"q\"", "2|\\N|\\."), rows("groups", "ID", "A", "B"));
  }

  @Test
  default void namesMayHoldAnyCharacter() throws Exception {
    String table = "we\"ird`; DROP TABLE x --";
    appending(table).store(csv("1", "\"a\"\"b\",c `d,\"x); --\",Größe,select\n1,2,3,4,5\n"));
    appending(table).store(csv("2", "größe,\"a\"\"B\"\n4,1\n"));
    assertEquals(List.of("1|2|3|4|5", "1|null|null|4|null"), rows(table));
  }

  @Test
  default void theLoadRecordTellsWhatWasLoadedAndWhen() throws Exception {
    ExportedFile file = csv("event-7", "ID\n1\n2\n");
    into("groups")
        .clock(Clock.fixed(Instant.parse("2026-03-01T08:15:30.123Z"), ZoneOffset.UTC))
        .build()
        .store(file);
    assertEquals(
        List.of("event-7|groups|export.csv|exports|usmf|7|" + file.sha256() + "|append|loaded|2|0"),
        own(
            "landfall_load",
            "event_id",
            "table_name",
            "file_name",
            "route",
            "legal_entity",
            "file_length",
            "sha256",
            "way",
            "outcome",
            "row_count",
            "bad_count"));
    for (String time : own("landfall_load", "loaded_at")) {
      assertTrue(time.startsWith("2026-03-01") && time.contains("15:30.123"), time);
    }
    for (String time : own("landfall_load", "exported_at")) {
      assertTrue(time.startsWith("2026-03-01") && time.contains("15:30"), time);
    }
  }

  @Test
  default void theReceiptOfAnEventThatIsLoadedComesFromItsRecord() throws Exception {
    Receipt first = appending("groups").store(csv("1", "ID\n1\n2\n"));
    Rows.execute(database(), "DROP TABLE " + quoted("groups"));
    assertEquals(first, appending("groups").store(csv("1", "ID\n1\n2\n")));
    assertEquals(List.of(), rows("groups"));
  }

  @Test
  default void oneEventMayBeLoadedIntoTwoTables() throws Exception {
    ExportedFile file = csv("1", "ID\n1\n");
    appending("groups").store(file);
    appending("archive").store(file);
    assertEquals(List.of("1"), rows("groups"));
    assertEquals(List.of("1"), rows("archive"));
  }

  @Test
  default void aHeaderAloneCreatesTheTableAndAnEmptyFileDoesNot() throws Exception {
    assertEquals(0L, appending("groups").store(csv("1", "ID,NAME\n")).recordCount());
    assertEquals(0L, appending("nothing").store(csv("1", "")).recordCount());
    assertTrue(Rows.tables(database()).contains("groups"));
    assertTrue(!Rows.tables(database()).contains("nothing"));
  }

  @Test
  default void columnsTellWhatTheUserAsksFor() throws Exception {
    into("groups")
        .eventIdColumn("event")
        .loadedAtColumn("at")
        .legalEntityColumn("company")
        .clock(Clock.fixed(Instant.parse("2026-03-02T10:20:30Z"), ZoneOffset.UTC))
        .build()
        .store(csv("event-7", "ID\n1\n"));
    assertEquals(List.of("1|event-7|usmf"), rows("groups", "ID", "event", "company"));
    assertTrue(
        rows("groups", "at").get(0).startsWith("2026-03-02"), rows("groups", "at")::toString);
  }
}
