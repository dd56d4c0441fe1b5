package dev.landfall.ledger.jdbc;

import static dev.landfall.ledger.jdbc.Samples.NOON;
import static dev.landfall.ledger.jdbc.Samples.bytes;
import static dev.landfall.ledger.jdbc.Samples.claim;
import static dev.landfall.ledger.jdbc.Samples.execute;
import static dev.landfall.ledger.jdbc.Samples.id;
import static dev.landfall.ledger.jdbc.Samples.landing;
import static dev.landfall.ledger.jdbc.Samples.record;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Reason;
import dev.landfall.file.Receipt;
import dev.landfall.file.Sha256;
import dev.landfall.spi.Claim;
import dev.landfall.spi.DeadLetter;
import dev.landfall.spi.FailedAttempt;
import dev.landfall.spi.Failure;
import dev.landfall.spi.LandingReport;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Recorded;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that version 1 wrote, with a landing in every state. */
class SqliteMigrationTest {

  private static final long NOW = NOON.toEpochMilli();

  @TempDir
  private Path folder;

  private Path file;

  @BeforeEach
  void writeVersion1() throws Exception {
    file = folder.resolve("ledger.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        InputStream ddl =
            Objects.requireNonNull(getClass().getResourceAsStream("sqlite-version-1.sql"))) {
      execute(connection, new String(ddl.readAllBytes(), StandardCharsets.UTF_8));
      execute(connection, "PRAGMA application_id = " + 0x4c414e44);
      execute(connection, "PRAGMA user_version = 1");
      Statements statements = new Statements(connection);
      insert(statements, "ready", "READY", NOW + 7_200_000, null, 0, null, null);
      insert(statements, "waiting", "WAITING", null, NOW + 5_000, 2, null, "down");
      insert(statements, "claimed", "WAITING", NOW + 1, NOW + 60_000, 3, "a token", "down");
      insert(statements, "stored", "STORED", null, null, 1, null, null);
      insert(statements, "dead", "DEAD", null, null, 4, null, "gone");
      String receipt = "INSERT INTO receipt SELECT id, ?, ?, 1234, ? FROM landing WHERE event = ?";
      statements.update(receipt, "folder", "/exports/1.csv", null, "stored");
      statements.update(receipt, "table", "table ü", 7, "stored");
      statements.update(receipt, "folder", "/exports/2.csv", null, "claimed");
      statements.update(
          "INSERT INTO unreadable (digest, reason, message, failed_at, body) VALUES (?, ?, ?, ?, ?)",
          Sha256.newDigest().digest(bytes("noise").toByteArray()),
          "MALFORMED_EVENT",
          "No JSON.",
          NOW - 1,
          bytes("noise").toByteArray());
    }
  }

  private static void insert(
      Statements statements,
      String event,
      String state,
      @Nullable Long deadline,
      @Nullable Long due,
      int attempts,
      @Nullable String token,
      @Nullable String message)
      throws Exception {
    statements.update(
        """
        INSERT INTO landing (key, event, route, state, recorded_at, deadline, due, attempts, token,
          reason, message, failed_at, body)
        VALUES (?, ?, 'orders', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        Digest.ofLanding(id(event)),
        id(event).event().value(),
        state,
        NOW,
        deadline,
        due,
        attempts,
        token,
        message == null ? null : "SINK_UNAVAILABLE",
        message,
        message == null ? null : NOW,
        state.equals("STORED") ? null : bytes("body of " + event).toByteArray());
  }

  @Test
  void anOlderLedgerIsNotChangedUnasked() throws Exception {
    byte[] before = Files.readAllBytes(file);
    String refused = String.valueOf(
        assertThrows(IllegalStateException.class, () -> JdbcLedger.sqlite(file)).getMessage());
    assertTrue(refused.contains("LedgerSchema.sqlite(file).migrate()"), refused);
    assertThrows(IllegalStateException.class, () -> LedgerSchema.sqlite(file).create());
    assertEquals(OptionalInt.of(1), LedgerSchema.sqlite(file).version());
    assertEquals(before.length, Files.size(file));
  }

  @Test
  void everythingSurvives() throws Exception {
    LedgerSchema.sqlite(file).migrate();
    assertEquals(OptionalInt.of(3), LedgerSchema.sqlite(file).version());
    Failure down = new Failure(Reason.SINK_UNAVAILABLE, "down", NOON);
    Failure gone = new Failure(Reason.SINK_UNAVAILABLE, "gone", NOON);
    try (JdbcLedger ledger = JdbcLedger.sqlite(file)) {
      assertEquals(
          List.of(
              LandingState.PENDING,
              LandingState.PENDING,
              LandingState.PENDING,
              LandingState.STORED,
              LandingState.DEAD),
          record(
                  ledger,
                  landing("ready"),
                  landing("waiting"),
                  landing("claimed"),
                  landing("stored"),
                  landing("dead"))
              .stream()
              .map(Recorded::state)
              .toList());
      assertEquals(
          List.of(
              new DeadLetter(
                  id("dead"), gone, 4, List.of(new FailedAttempt(4, gone)), bytes("body of dead")),
              new DeadLetter(
                  null,
                  new Failure(Reason.MALFORMED_EVENT, "No JSON.", NOON.minusMillis(1)),
                  0,
                  List.of(),
                  bytes("noise"))),
          ledger.deadLetters(10));
      LandingReport stored = ledger.find(id("stored")).orElseThrow();
      assertEquals(
          Map.of(
              "folder",
              new Receipt("/exports/1.csv", 1234, null),
              "table",
              new Receipt("table ü", 1234, 7L)),
          stored.landing().receipts());
      assertEquals(null, stored.failure());

      List<Claim> claims = claim(ledger, 10);
      assertEquals(
          List.of(id("claimed"), id("ready")),
          claims.stream().map(it -> it.landing().id()).toList());
      assertEquals(4, claims.get(0).landing().attempts());
      assertEquals(NOON.plusMillis(1), claims.get(0).landing().deadline());
      assertEquals(
          Map.of("folder", new Receipt("/exports/2.csv", 1234, null)),
          claims.get(0).landing().receipts());
      assertEquals(bytes("body of claimed"), claims.get(0).landing().body());
      assertEquals(
          List.of(new FailedAttempt(2, down)),
          ledger.find(id("claimed")).orElseThrow().history());
      assertEquals(NOON.plusSeconds(5), ledger.find(id("waiting")).orElseThrow().due());
      assertTrue(ledger.exhume(bytes("noise")));
      assertEquals(1, ledger.purge(NOON.plusMillis(1), 10));
    }
  }

  @Test
  void theKeysOfVersion2AreMoved() throws Exception {
    Path second = folder.resolve("second.db");
    try (JdbcLedger ledger = JdbcLedger.sqlite(second)) {
      record(ledger, landing("a"), landing("b"));
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + second)) {
      execute(connection, "DROP TABLE landfall_key");
      execute(connection, "DROP TABLE landfall_keyed");
      execute(
          connection, "CREATE UNIQUE INDEX landfall_landing_digest ON landfall_landing (digest)");
      execute(connection, "PRAGMA user_version = 2");
    }
    assertThrows(IllegalStateException.class, () -> JdbcLedger.sqlite(second));
    LedgerSchema.sqlite(second).migrate();
    assertEquals(OptionalInt.of(3), LedgerSchema.sqlite(second).version());
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + second)) {
      assertEquals("2", Samples.text(connection, "SELECT count(*) FROM landfall_key"));
      assertEquals("2", Samples.text(connection, "SELECT landing FROM landfall_keyed"));
    }
    try (JdbcLedger ledger = JdbcLedger.sqlite(second)) {
      assertEquals(
          List.of(false, false, true),
          record(ledger, landing("a"), landing("b"), landing("c")).stream()
              .map(Recorded::isNew)
              .toList());
    }
  }

  @Test
  void aLedgerThatIsUpToDateIsLeftAlone() throws Exception {
    LedgerSchema.sqlite(file).migrate();
    byte[] before = Files.readAllBytes(file);
    LedgerSchema.sqlite(file).migrate();
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @Test
  void aMigrationThatFailsChangesNothing() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      execute(connection, "CREATE TABLE landfall_receipt (in_the_way TEXT)");
    }
    assertThrows(RuntimeException.class, () -> LedgerSchema.sqlite(file).migrate());
    assertEquals(OptionalInt.of(1), LedgerSchema.sqlite(file).version());
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      assertEquals("5", Samples.text(connection, "SELECT count(*) FROM landing"));
      execute(connection, "DROP TABLE landfall_receipt");
    }
    LedgerSchema.sqlite(file).migrate();
    JdbcLedger.sqlite(file).close();
  }

  @Test
  void aFileThatIsNotThereIsCreatedOnRequest() throws Exception {
    Path fresh = folder.resolve("sub/fresh.db");
    LedgerSchema schema = LedgerSchema.sqlite(fresh);
    schema.create();
    schema.create();
    assertEquals(OptionalInt.of(3), schema.version());
    assertTrue(schema.sql().contains("CREATE TABLE landfall_landing"));
    JdbcLedger.sqlite(fresh).close();
  }
}
