package dev.landfall.ledger.jdbc;

import static dev.landfall.ledger.jdbc.Samples.NOON;
import static dev.landfall.ledger.jdbc.Samples.claim;
import static dev.landfall.ledger.jdbc.Samples.execute;
import static dev.landfall.ledger.jdbc.Samples.landing;
import static dev.landfall.ledger.jdbc.Samples.record;
import static dev.landfall.ledger.jdbc.Samples.stored;
import static dev.landfall.ledger.jdbc.Samples.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Reason;
import dev.landfall.spi.Failure;
import dev.landfall.spi.LedgerException;
import dev.landfall.spi.Settlement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class SqliteFileTest {

  @TempDir
  private Path folder;

  @Test
  void theDiskIsWaitedForBesideTheCommits() throws Exception {
    try (SqliteFile file = SqliteFile.open(folder.resolve("ledger.db"))) {
      assertEquals("wal", text(file.connection(), "PRAGMA journal_mode"));
      assertEquals("1", text(file.connection(), "PRAGMA synchronous"), "NORMAL");
      assertFalse(file.lastsOnceCommitted());
      assertEquals("1", text(file.connection(), "PRAGMA fullfsync"));
      assertEquals("1", text(file.connection(), "PRAGMA secure_delete"));
    }
  }

  @Test
  void anyFileNameWillDo() throws Exception {
    Path file = folder.resolve("it's 100% ours?mode=memory&x#1 ü.db");
    try (JdbcLedger ledger = JdbcLedger.sqlite(file)) {
      record(ledger, landing("a"));
    }
    assertTrue(Files.size(file) > 0);
    try (JdbcLedger ledger = JdbcLedger.sqlite(file)) {
      assertFalse(record(ledger, landing("a")).get(0).isNew());
    }
  }

  @Test
  void anEmptyFileIsANewLedger() throws Exception {
    Path file = Files.createFile(folder.resolve("ledger.db"));
    try (JdbcLedger ledger = JdbcLedger.sqlite(file)) {
      assertTrue(record(ledger, landing("a")).get(0).isNew());
    }
  }

  @Test
  void aFileOfAnotherKindIsRefusedAndLeftAlone() throws Exception {
    byte[] text = "This is no database. ".repeat(500).getBytes(StandardCharsets.UTF_8);
    Path file = Files.write(folder.resolve("notes.txt"), text);
    refused(
        IllegalStateException.class, "holds something else", file, () -> JdbcLedger.sqlite(file));
    assertArrayEquals(text, Files.readAllBytes(file));
  }

  @Test
  void theDatabaseOfAnotherApplicationIsRefusedAndLeftAlone() throws Exception {
    Path file = folder.resolve("other.db");
    onFile(file, "CREATE TABLE landing (theirs TEXT)");
    byte[] before = Files.readAllBytes(file);
    refused(
        IllegalStateException.class, "another application", file, () -> JdbcLedger.sqlite(file));
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @Test
  void anotherVersionsLedgerIsRefusedWithTheWayOut() throws Exception {
    Map<Integer, String> waysOut = Map.of(
        1, "call LedgerSchema.sqlite(file).migrate()",
        4, "Use the newer version of Landfall");
    for (Map.Entry<Integer, String> version : waysOut.entrySet()) {
      Path file = folder.resolve("version" + version.getKey() + ".db");
      JdbcLedger.sqlite(file).close();
      onFile(file, "PRAGMA user_version = " + version.getKey());
      refused(
          IllegalStateException.class,
          "has schema " + version.getKey(),
          file,
          () -> JdbcLedger.sqlite(file));
      refused(IllegalStateException.class, version.getValue(), file, () -> JdbcLedger.sqlite(file));
    }
  }

  @Test
  void aFolderIsRefused() {
    refused(IllegalArgumentException.class, "is a folder", folder, () -> JdbcLedger.sqlite(folder));
  }

  @Test
  void aFileThatCannotBeCreatedIsToldWithItsPath() throws Exception {
    Path noFolder = Files.createFile(folder.resolve("file"));
    Path file = noFolder.resolve("sub/ledger.db");
    refused(LedgerException.class, "the right to write", file, () -> JdbcLedger.sqlite(file));
  }

  @Test
  void aDatabaseThatCannotBeOpenedIsToldWithItsPath() throws Exception {
    Path file = folder.resolve("ledger.db");
    Files.createDirectory(folder.resolve("ledger.db.lock"));
    refused(LedgerException.class, "the right to write", file, () -> JdbcLedger.sqlite(file));
  }

  @Test
  void aSecondPipelineIsKeptOutUntilTheFirstIsClosed() throws Exception {
    Path file = folder.resolve("ledger.db");
    Path link = Files.createSymbolicLink(folder.resolve("link.db"), file);
    try (JdbcLedger first = JdbcLedger.sqlite(file)) {
      String rule = "belongs to one pipeline";
      refused(LedgerException.class, rule, file, () -> JdbcLedger.sqlite(file));
      refused(LedgerException.class, rule, file, () -> JdbcLedger.sqlite(link));
      assertTrue(record(first, landing("a")).get(0).isNew());
    }
    try (JdbcLedger second = JdbcLedger.sqlite(link)) {
      assertFalse(record(second, landing("a")).get(0).isNew());
    }
  }

  @Test
  void whatAGoneProcessHadClaimedIsFreeAtOnceButRetriesWait() throws Exception {
    Path file = folder.resolve("ledger.db");
    try (JdbcLedger ledger = JdbcLedger.sqlite(file)) {
      record(ledger, landing("retried"));
      ledger.settle(
          claim(ledger, 1).get(0),
          new Settlement.Retry(
              Map.of(), new Failure(Reason.SINK_UNAVAILABLE, "down", NOON), NOON.plusSeconds(5)),
          NOON);
      record(ledger, landing("claimed"));
      assertEquals(1, claim(ledger, 10).size());
    }
    try (JdbcLedger ledger = JdbcLedger.sqlite(file)) {
      assertEquals(
          List.of(landing("claimed").id()),
          claim(ledger, 10).stream().map(claim -> claim.landing().id()).toList());
    }
  }

  @Test
  void theBodyOfAStoredLandingIsGoneFromTheDisk() throws Exception {
    Path file = folder.resolve("ledger.db");
    String shortBody = "sig=SHORT";
    String longBody = "x".repeat(20_000) + "sig=LONG" + "x".repeat(20_000);
    try (JdbcLedger ledger = JdbcLedger.sqlite(file)) {
      record(ledger, landing("a", shortBody), landing("b", longBody), landing("c", "sig=KEPT"));
      claim(ledger, 2).forEach(claim -> ledger.settle(claim, stored(), NOON));
    }
    String onDisk = "";
    try (var files = Files.list(folder)) {
      for (Path each : files.toList()) {
        onDisk += Files.readString(each, StandardCharsets.ISO_8859_1);
      }
    }
    assertFalse(onDisk.contains(shortBody));
    assertFalse(onDisk.contains("sig=LONG"));
    assertTrue(onDisk.contains("sig=KEPT"), "what is not stored yet is still needed");
  }

  private static void refused(
      Class<? extends RuntimeException> type, String rule, Path path, Executable opening) {
    String message = String.valueOf(assertThrows(type, opening).getMessage());
    assertTrue(message.contains(rule), message);
    assertTrue(message.contains(path.toString()), message);
  }

  private static void onFile(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      execute(connection, sql);
    }
  }
}
