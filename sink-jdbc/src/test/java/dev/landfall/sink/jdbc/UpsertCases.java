package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows that replace the one of their key. */
interface UpsertCases extends TableSinkCase {

  @Test
  default void withAKeyARowReplacesTheOneThatHasItAndTheLastOfAFileWins() throws Exception {
    upserting("groups").store(csv("1", "ID,NAME\n1,a\n2,b\n1,c\n"));
    assertEquals(List.of("1|c", "2|b"), rows("groups", "ID", "NAME"));
    Receipt receipt = upserting("groups").store(csv("2", "id,name\n3,e\n1,d\n3,f\n"));
    assertEquals(List.of("1|d", "2|b", "3|f"), rows("groups", "ID", "NAME"));
    assertEquals(3L, receipt.recordCount());
  }

  @Test
  default void aTableOfNothingButItsKeyKeepsEachOnce() throws Exception {
    JdbcTableSink bare = into("groups").upsertBy("ID").withoutExportTime().build();
    bare.store(csv("1", "ID\n1\n2\n"));
    bare.store(csv("2", "ID\n2\n3\n"));
    assertEquals(List.of("1", "2", "3"), rows("groups"));
  }

  @Test
  default void keysThatDifferInCaseAreDifferent() throws Exception {
    upserting("groups").store(csv("1", "ID,NAME\na,1\nA,2\nä,3\n"));
    assertEquals(List.of("A|2", "a|1", "ä|3"), rows("groups", "ID", "NAME"));
  }

  @Test
  default void keysThatDifferInABlankAtTheirEndAreDifferentOrRefused() throws Exception {
    ExportedFile file = csv("1", "ID,NAME\na,1\n\"a \",2\n");
    if (tested().product().startsWith("HSQL")) {
      assertRefused(upserting("groups"), file);
    } else {
      upserting("groups").store(file);
      assertEquals(List.of("a |2", "a|1"), rows("groups", "ID", "NAME"));
    }
  }

  @Test
  default void anExportOfCustomersIsUpsertedByAccountAndCompany() throws Exception {
    byte[] customers =
        Files.readAllBytes(ForeignFiles.folder("finops").resolve("customers-v3.csv"));
    JdbcTableSink sink =
        into("customers").upsertBy("CUSTOMERACCOUNT", "DATAAREAID").build();
    Receipt receipt = sink.store(files().withEventId("1").named("Customers V3.csv", customers));
    sink.store(files().withEventId("2").named("Customers V3.csv", customers));
    assertEquals(3L, receipt.recordCount());
    assertEquals(
        List.of(
            "IMP-110143|GBSI|Import - 110142-2",
            "IMP-110143|USMF|Import - 110142-1",
            "IMP-910140|GBSI|IMP-910140"),
        rows("customers", "CUSTOMERACCOUNT", "DataAreaId", "ORGANIZATIONNAME"));
  }

  @Test
  default void aTableThatExistsTakesNamesOfAnyCaseAndKeepsItsOtherColumns() throws Exception {
    create(
        "groups",
        "id VARCHAR(20) PRIMARY KEY",
        "note VARCHAR(20) DEFAULT 'mine'",
        "full_name VARCHAR(50)");
    Rows.execute(database(), "INSERT INTO " + quoted("groups") + " VALUES ('1', 'kept', 'old')");
    into("groups")
        .upsertBy("ID")
        .withoutExportTime()
        .build()
        .store(csv("1", "Full Name,ID\nnew,1\nnext,2\n"));
    assertEquals(List.of("1|kept|new", "2|mine|next"), rows("groups"));
  }

  @Test
  default void aKeyMayBeOfAnyTypeAndOfSeveralColumns() throws Exception {
    create(
        "lines",
        "number INTEGER NOT NULL",
        "day DATE NOT NULL",
        "text VARCHAR(50)",
        "PRIMARY KEY (" + quoted("number", "day") + ")");
    JdbcTableSink sink =
        into("lines").upsertBy("NUMBER", "DAY").withoutExportTime().build();
    sink.store(csv("1", "NUMBER,DAY,TEXT\n1,2026-01-01,a\n1,2026-01-02,b\n"));
    sink.store(csv("2", "DAY,NUMBER,TEXT\n2026-01-02,01,c\n2026-01-01,2,d\n"));
    assertEquals(
        List.of("1|2026-01-01|a", "1|2026-01-02|c", "2|2026-01-01|d"),
        rows("lines", "number", "day", "text"));
  }

  @Test
  default void aHundredThousandRowsAreStored() throws Exception {
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
        Rows.of(
            database(), "SELECT COUNT(*), MAX(" + quoted("ID") + ") FROM " + quoted("customers")));
  }
}
