package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Full pushes, and exports that come late. */
interface OrderCases extends TableSinkCase {

  /** {@return a file whose event was made at some hour} */
  private ExportedFile at(int hour, String company, String text) throws IOException {
    return files()
        .withTime(Instant.parse("2026-03-01T%02d:00:00.5Z".formatted(hour)))
        .withLegalEntity(company)
        .withEventId(company + "-" + hour + "-" + text.hashCode())
        .csv("ID,DATAAREAID,NAME\n" + text);
  }

  private JdbcTableSink updates() {
    return into("groups")
        .upsertBy("ID", "DATAAREAID")
        .legalEntityColumn("landfall_legal_entity")
        .build();
  }

  private JdbcTableSink pushes() {
    return into("groups").replaceBy("ID", "DATAAREAID").build();
  }

  private List<String> groups() throws Exception {
    return rows("groups", "ID", "DATAAREAID", "NAME");
  }

  @Test
  default void anOlderExportThatComesLateTouchesOnlyRowsThatNoNewerOneHasWritten()
      throws Exception {
    updates().store(at(9, "usmf", "1,usmf,nine\n2,usmf,nine\n"));
    Receipt late = updates().store(at(8, "usmf", "2,usmf,eight\n3,usmf,eight\n"));
    assertEquals(2L, late.recordCount());
    assertEquals(List.of("1|usmf|nine", "2|usmf|nine", "3|usmf|eight"), groups());
  }

  @Test
  default void aFullPushRemovesTheRowsOfItsCompanyThatItHasNot() throws Exception {
    updates().store(at(8, "usmf", "1,usmf,a\n2,usmf,b\n"));
    updates().store(at(8, "demf", "1,demf,c\n"));
    pushes().store(at(9, "usmf", "2,usmf,d\n3,usmf,e\n"));
    assertEquals(List.of("1|demf|c", "2|usmf|d", "3|usmf|e"), groups());
  }

  @Test
  default void aLateFullPushLeavesWhatIsNewer() throws Exception {
    updates().store(at(7, "usmf", "1,usmf,seven\n4,usmf,seven\n"));
    updates().store(at(9, "usmf", "1,usmf,nine\n2,usmf,nine\n"));
    pushes().store(at(8, "usmf", "1,usmf,eight\n3,usmf,eight\n"));
    assertEquals(List.of("1|usmf|nine", "2|usmf|nine", "3|usmf|eight"), groups());
  }

  @Test
  default void whatIsOlderThanTheNewestFullPushIsSuperseded() throws Exception {
    pushes().store(at(9, "usmf", "1,usmf,nine\n"));
    ExportedFile update = at(8, "usmf", "2,usmf,eight\n");
    Receipt receipt = updates().store(update);
    assertEquals(0L, receipt.recordCount());
    assertEquals(receipt, updates().store(update));
    pushes().store(at(7, "usmf", "3,usmf,seven\n"));
    pushes().store(at(8, "demf", "3,demf,eight\n"));
    assertEquals(List.of("1|usmf|nine", "3|demf|eight"), groups());
    assertEquals(
        List.of(
            "replace|loaded|1", "replace|loaded|1", "replace|superseded|0", "upsert|superseded|0"),
        own("landfall_load", "way", "outcome", "row_count"));
  }

  @Test
  default void aFullPushOfNothingRemovesAllOfItsCompany() throws Exception {
    pushes().store(at(7, "usmf", "1,usmf,a\n"));
    pushes().store(at(7, "demf", "1,demf,a\n"));
    pushes().store(at(8, "usmf", ""));
    assertEquals(List.of("1|demf|a"), groups());
  }

  @Test
  default void aFullPushWithoutAKeyAddsItsRowsInPlaceOfTheOthers() throws Exception {
    JdbcTableSink pushes = into("groups").replace().build();
    pushes.store(at(7, "usmf", "1,usmf,a\n1,usmf,a\n"));
    pushes.store(at(7, "demf", "1,demf,a\n"));
    pushes.store(at(8, "usmf", "2,usmf,b\n2,usmf,b\n"));
    pushes.store(at(6, "usmf", "3,usmf,c\n"));
    assertEquals(List.of("1|demf|a", "2|usmf|b", "2|usmf|b"), groups());
  }

  @Test
  default void withoutTheTimeOfTheExportTheLastFileWins() throws Exception {
    JdbcTableSink pushes =
        into("groups").replaceBy("ID", "DATAAREAID").withoutExportTime().build();
    pushes.store(at(9, "usmf", "1,usmf,nine\n2,usmf,nine\n"));
    pushes.store(at(8, "usmf", "2,usmf,eight\n3,usmf,eight\n"));
    assertEquals(List.of("2|usmf|eight", "3|usmf|eight"), groups());
  }

  @Test
  default void rowsThatWereThereBeforeCountAsOlder() throws Exception {
    create(
        "groups",
        "ID VARCHAR(20) NOT NULL",
        "DATAAREAID VARCHAR(4) NOT NULL",
        "NAME VARCHAR(50)",
        "PRIMARY KEY (" + quoted("ID", "DATAAREAID") + ")");
    Rows.execute(
        database(),
        "INSERT INTO " + quoted("groups") + " VALUES ('1', 'usmf', 'mine')",
        "INSERT INTO " + quoted("groups") + " VALUES ('2', 'usmf', 'mine')");
    into("groups")
        .replaceBy("ID", "DATAAREAID")
        .schema(SchemaMode.ADD_COLUMNS)
        .build()
        .store(at(9, "usmf", "1,usmf,nine\n"));
    assertEquals(List.of("1|usmf|nine", "2|usmf|mine"), groups());
  }
}
