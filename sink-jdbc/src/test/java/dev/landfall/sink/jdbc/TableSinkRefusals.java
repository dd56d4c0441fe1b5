package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.file.ExportedFile;
import dev.landfall.file.FileFormat;
import dev.landfall.format.DelimitedText;
import dev.landfall.format.MalformedFileException;
import dev.landfall.spi.SinkException;
import dev.landfall.testkit.ExportedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sink refuses in every database. */
abstract class TableSinkRefusals {

  @TempDir
  Path folder;

  ExportedFiles files;

  /** {@return the empty database of this test} */
  abstract DataSource database();

  @BeforeEach
  final void beginWithTheFirstEvent() {
    files = ExportedFiles.in(folder);
  }

  @Test
  void aColumnThatTheTableHasNotIsRefusedAndNothingIsStored() throws Exception {
    Rows.execute(database(), "CREATE TABLE groups (id VARCHAR(20) PRIMARY KEY)");
    assertRejected(
        upserting("groups"),
        csv("1", "ID,NAME\n1,a\n"),
        "The file has a column NAME, and table groups has not but id. Add it with ALTER TABLE"
            + " \"groups\" ADD COLUMN \"NAME\" TEXT, or leave the field out of the export.");
    assertEquals(List.of(), Rows.ofTable(database(), "groups"));
    assertEquals(List.of(), Rows.ofTable(database(), "landfall_load"));
  }

  @Test
  void aTableWithoutAUniqueIndexOverTheKeyIsRefused() throws Exception {
    Rows.execute(database(), "CREATE TABLE groups (id TEXT, name TEXT)");
    assertRejected(
        upserting("groups"),
        csv("1", "ID,NAME\n1,a\n"),
        "To be upserted by id, table groups needs a unique index over exactly that. CREATE UNIQUE"
            + " INDEX \"groups_key\" ON \"groups\" (\"id\") makes one.");
    Rows.execute(database(), "CREATE UNIQUE INDEX \"groups_key\" ON \"groups\" (\"id\")");
    upserting("groups").store(csv("1", "ID,NAME\n1,a\n"));
    assertEquals(List.of("1|a"), Rows.ofTable(database(), "groups"));
  }

  @Test
  void aKeyThatTheFileHasNotIsRefused() throws Exception {
    assertRejected(
        upserting("groups"),
        csv("1", "CODE,NAME\n1,a\n"),
        "Table groups is upserted by ID, and the file has no such column but CODE, NAME. Add it to"
            + " the export, or upsert by another one.");
  }

  @Test
  void aBlankKeyIsRefusedWithItsLineAndNothingIsStored() throws Exception {
    assertRejected(
        upserting("groups"),
        csv("1", "NAME,ID\na,1\nb, \n"),
        "Table groups is upserted by ID, and in line 3 of the file that is blank. Mend the record,"
            + " or upsert by another column.");
    assertRejected(upserting("groups"), csv("1", "NAME,ID\na,1\nb\n"));
    assertEquals(List.of(), Rows.ofTable(database(), "groups"));
  }

  @Test
  void aRowOfAnotherWidthRefusesTheFileAndNothingIsStored() throws Exception {
    String rows = "1,a\n".repeat(2500);
    assertThrows(
        MalformedFileException.class,
        () -> appending("groups").store(csv("1", "ID,NAME\n" + rows + "1,a,b\n")));
    assertEquals(List.of(), Rows.ofTable(database(), "groups"));
    assertEquals(List.of(), Rows.ofTable(database(), "landfall_load"));
  }

  @Test
  void moreColumnsThanTheDatabaseHasAreRefused() throws Exception {
    String names =
        String.join(",", IntStream.range(0, 2001).mapToObj(i -> "C" + i).toList());
    String message = assertRejected(appending("wide"), csv("1", names + "\n"));
    assertTrue(
        message.matches("A table in \\w+ has at most \\d+ columns; the file has 2001\\..*"),
        message);
  }

  @Test
  void anotherFormatThanCsvIsRefusedUnlessTheSinkIsToldWhatItIs() throws Exception {
    byte[] bytes = "ID;NAME\n1;a\n".getBytes(StandardCharsets.UTF_8);
    assertRejected(
        appending("groups"),
        files.named("package.zip", bytes),
        "Table groups takes files of records, not a zip of them. Give the route"
            + " PackageEntities.into(sink), which hands on what a data package holds.");
    ExportedFile unknown = files.named("export", FileFormat.UNKNOWN, bytes);
    assertRejected(
        appending("groups"),
        unknown,
        "Table groups takes files whose name ends in .csv; this one is told to be bin. Export CSV, or"
            + " tell the sink its format with format(...).");
    JdbcTableSink.into(database())
        .table("groups")
        .format(DelimitedText.csv().withDelimiter(';'))
        .build()
        .store(unknown);
    assertEquals(List.of("1|a"), Rows.ofTable(database(), "groups"));
  }

  final ExportedFile csv(String event, String text) throws IOException {
    return files.withEventId(event).csv(text);
  }

  final JdbcTableSink appending(String table) {
    return JdbcTableSink.into(database()).table(table).build();
  }

  final JdbcTableSink upserting(String table) {
    return JdbcTableSink.into(database()).table(table).upsertBy("ID").build();
  }

  static void assertRejected(JdbcTableSink sink, ExportedFile file, String message) {
    assertEquals(message, assertRejected(sink, file));
  }

  /** {@return the message} */
  static String assertRejected(JdbcTableSink sink, ExportedFile file) {
    SinkException refusal = assertThrows(SinkException.class, () -> sink.store(file));
    assertFalse(refusal.retryable());
    return refusal.getMessage();
  }
}
