package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.file.ExportedFile;
import dev.landfall.file.FileFormat;
import dev.landfall.format.DelimitedText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the sink refuses. */
interface RefusalCases extends TableSinkCase {

  @Test
  default void aColumnThatTheTableHasNotIsRefusedAndNothingIsStored() throws Exception {
    create("groups", "id VARCHAR(20) PRIMARY KEY");
    String message = assertRefused(appending("groups"), csv("1", "ID,NAME\n1,a\n"));
    assertTrue(
        message.startsWith(
            "Table groups is to have a column NAME, as the file has, and has not but id. Add it with ALTER TABLE "
                + quoted("groups") + " ADD " + quoted("NAME") + " "),
        message);
    assertEquals(List.of(), rows("groups"));
    assertEquals(List.of(), rows("landfall_load"));
  }

  @Test
  default void aTableWithoutTheTimeOfItsExportsIsRefused() throws Exception {
    create("groups", "id VARCHAR(20) PRIMARY KEY");
    String message = assertRefused(upserting("groups"), csv("1", "ID\n1\n"));
    assertTrue(
        message.startsWith(
            "Table groups is to have a column landfall_exported_at, which the sink fills itself, and has not but id."),
        message);
  }

  @Test
  default void aTableWithoutAUniqueIndexOverTheKeyIsRefused() throws Exception {
    create("groups", "id VARCHAR(20)", "name VARCHAR(20)");
    JdbcTableSink sink = into("groups").upsertBy("ID").withoutExportTime().build();
    assertRefused(
        sink,
        csv("1", "ID,NAME\n1,a\n"),
        "To be told apart by id, rows of table groups need a unique index over exactly that. CREATE UNIQUE INDEX %s ON %s (%s) makes one."
            .formatted(quoted("groups_key"), quoted("groups"), quoted("id")));
    Rows.execute(
        database(),
        "CREATE UNIQUE INDEX %s ON %s (%s)"
            .formatted(quoted("groups_key"), quoted("groups"), quoted("id")));
    sink.store(csv("1", "ID,NAME\n1,a\n"));
    assertEquals(List.of("1|a"), rows("groups"));
  }

  @Test
  default void aKeyThatTheFileHasNotIsRefused() throws Exception {
    assertRefused(
        upserting("groups"),
        csv("1", "CODE,NAME\n1,a\n"),
        "Rows of table groups are told apart by ID, and the file has no such field but CODE, NAME."
            + " Add it to the export, or give another key.");
  }

  @Test
  default void aBlankKeyIsRefusedWithItsLineAndNothingIsStored() throws Exception {
    assertRefused(
        upserting("groups"),
        csv("1", "NAME,ID\na,1\nb, \n"),
        "Line 3: column ID: a value was expected, as it is part of the key, and there is none");
    assertRefused(upserting("groups"), csv("1", "NAME,ID\na,1\nb\n"));
    assertEquals(List.of(), rows("groups"));
  }

  @Test
  default void aRowOfAnotherWidthRefusesTheFileAndNothingIsStored() throws Exception {
    String rows = "1,a\n".repeat(2500);
    assertRefused(appending("groups"), csv("1", "ID,NAME\n" + rows + "1,a,b\n"));
    assertEquals(List.of(), rows("groups"));
    assertEquals(List.of(), rows("landfall_load"));
  }

  @Test
  default void aFieldForAColumnThatTheSinkFillsItselfIsRefused() throws Exception {
    assertRefused(
        upserting("groups"),
        csv("1", "ID,landfall_exported_at\n1,x\n"),
        "Column landfall_exported_at of table groups is filled by the sink itself, and the file has a"
            + " field for it. Leave that out with leaveOut(...), or give one of them another column.");
  }

  @Test
  default void twoFieldsOfOneColumnAreRefused() throws Exception {
    create("groups", "id VARCHAR(20)", "full_name VARCHAR(20)");
    assertRefused(
        appending("groups"),
        csv("1", "ID,FULLNAME,Full name\n1,a,b\n"),
        "A column takes one field, and full_name of table groups is what two of the file's mean."
            + " Map one of them with column(...), or leave it out with leaveOut(...).");
    into("groups").leaveOut("full NAME").build().store(csv("1", "ID,FULLNAME,Full name\n1,a,b\n"));
    assertEquals(List.of("1|a"), rows("groups"));
  }

  @Test
  default void aFieldThatMayMeanTwoColumnsIsRefusedUnlessItIsMapped() throws Exception {
    create("groups", "full_name VARCHAR(20)", "fullname_ VARCHAR(20)");
    assertRefused(
        appending("groups"),
        csv("1", "Full name\na\n"),
        "The field Full name can mean any of full_name, fullname_. Spell it as one of these, or map"
            + " it with column(...).");
    into("groups").column("FULL NAME", "fullname_").build().store(csv("1", "Full name\na\n"));
    assertEquals(List.of("null|a"), rows("groups"));
  }

  @Test
  default void aPackageIsRefusedAndAnotherFormatReadIfTheSinkIsToldIt() throws Exception {
    byte[] bytes = "ID;NAME\n1;a\n".getBytes(StandardCharsets.UTF_8);
    ExportedFile unknown = files().named("export", FileFormat.UNKNOWN, bytes);
    into("groups").format(DelimitedText.csv().withDelimiter(';')).build().store(unknown);
    assertEquals(List.of("1|a"), rows("groups"));
  }
}
