package dev.landfall.ledger.jdbc;

import static dev.landfall.ledger.jdbc.Samples.NOON;
import static dev.landfall.ledger.jdbc.Samples.answer;
import static dev.landfall.ledger.jdbc.Samples.claim;
import static dev.landfall.ledger.jdbc.Samples.execute;
import static dev.landfall.ledger.jdbc.Samples.landing;
import static dev.landfall.ledger.jdbc.Samples.record;
import static dev.landfall.ledger.jdbc.Samples.stored;
import static dev.landfall.ledger.jdbc.Samples.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.spi.Claim;
import dev.landfall.spi.LedgerException;
import dev.landfall.spi.Recorded;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

  @RegisterExtension
  static final Postgres SERVER = new Postgres();

  @TempDir
  private Path folder;

  private static EmbeddedPostgres start(Path data, int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setPort(port)
        .start();
  }

  @Test
  void aServerThatCameBackNeedsNobodysHelp() throws Exception {
    Path data = folder.resolve("data");
    EmbeddedPostgres server = start(data, 0);
    int port = server.getPort();
    LedgerSchema.of(server.getPostgresDatabase()).create();
    try (JdbcLedger ledger = JdbcLedger.on(server.getPostgresDatabase())) {
      record(ledger, landing("before"), landing("claimed before"));
      Claim claim = claim(ledger, 1).get(0);
      server.close();
      for (int i = 0; i < 3; i++) {
        ExecutionException down =
            assertThrows(ExecutionException.class, () -> record(ledger, landing("meanwhile")));
        assertTrue(assertInstanceOf(LedgerException.class, down.getCause()).retryable());
        assertThrows(LedgerException.class, () -> ledger.settle(claim, stored(), NOON));
      }
      server = start(data, port);
      assertTrue(record(ledger, landing("meanwhile")).get(0).isNew());
      assertFalse(record(ledger, landing("before")).get(0).isNew());
      assertTrue(ledger.settle(claim, stored(), NOON));
    } finally {
      server.close();
    }
  }

  @Test
  void aConnectionThatWasCutIsReplaced() throws Exception {
    try (JdbcLedger ledger = JdbcLedger.on(SERVER.dataSource());
        Connection other = SERVER.dataSource().getConnection()) {
      record(ledger, landing("a"));
      text(
          other,
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
              + " AND backend_type = 'client backend'");
      assertThrows(ExecutionException.class, () -> record(ledger, landing("b")));
      assertTrue(record(ledger, landing("b")).get(0).isNew());
    }
  }

  @Test
  void aRowThatStaysLockedKeepsNobodyElseWaiting() throws Exception {
    try (JdbcLedger ledger = JdbcLedger.on(SERVER.dataSource());
        Connection other = SERVER.dataSource().getConnection()) {
      record(ledger, landing("a"));
      Claim claim = claim(ledger, 1).get(0);
      other.setAutoCommit(false);
      execute(other, "UPDATE landfall_landing SET attempts = attempts");
      CompletableFuture<Boolean> settled =
          CompletableFuture.supplyAsync(() -> ledger.settle(claim, stored(), NOON));
      CompletionStage<List<Recorded>> recorded = ledger.record(List.of(landing("b")));
      assertTrue(answer(recorded).get(0).isNew());
      CompletionException locked = assertThrows(CompletionException.class, settled::join);
      assertInstanceOf(LedgerException.class, locked.getCause());
      other.rollback();
      assertTrue(ledger.settle(claim, stored(), NOON));
    }
  }

  @Test
  void itsConnectionIsSetUpForManyInstances() throws Exception {
    Server server = Server.open(SERVER.dataSource());
    Connection connection = server.connect();
    try {
      assertEquals("read committed", text(connection, "SHOW transaction_isolation"));
      assertEquals("on", text(connection, "SHOW synchronous_commit"), "off on this server");
      assertEquals("5s", text(connection, "SHOW lock_timeout"));
      assertEquals("1min", text(connection, "SHOW idle_in_transaction_session_timeout"));
      assertTrue(connection.getNetworkTimeout() > 0);
      assertEquals(
          List.of("fsync is off; set it to on"),
          server.dialect().doubts(connection),
          "of this server, which is for tests");
    } finally {
      server.disconnect(connection);
    }
  }

  @Test
  void noStatementReadsRowsItDoesNotNeed() throws Exception {
    // The driver counts the parameters of a plan otherwise.
    Map<String, String> simple = Map.of("preferQueryMode", "simple");
    try (Connection connection = SERVER.dataSource(simple).getConnection()) {
      // Small tables are read as a whole otherwise, as that is quicker.
      execute(connection, "SET enable_seqscan = off");
      execute(connection, "SET enable_bitmapscan = off");
      for (Map.Entry<String, String> sql : SqlTest.statements().entrySet()) {
        boolean isSmall = sql.getKey().equals("FIND_ROUTES") || sql.getKey().startsWith("INSERT");
        // Lists are short: what is locked in order is sorted before.
        boolean maySort = sql.getValue().contains("(...)");
        String plan = plan(connection, sql.getValue());
        assertTrue(isSmall || !plan.contains("Seq Scan"), sql.getKey() + "\n" + plan);
        assertTrue(maySort || !plan.contains("Sort"), sql.getKey() + "\n" + plan);
      }
      assertTrue(plan(connection, Sql.FIND_READY)
          .contains("Index Only Scan using landfall_landing_ready"));
      assertTrue(plan(connection, Sql.NEXT_NUMBER)
          .contains("Index Only Scan using landfall_landing_stream"));
      assertTrue(plan(connection, Sql.FIND_DUE).contains("landfall_landing_waiting"));
      assertTrue(
          plan(connection, Sql.BACKLOG).contains("Index Only Scan using landfall_landing_found"));
      assertTrue(plan(connection, Sql.FIND_ENDED).contains("landfall_landing_ended"));
      assertTrue(plan(connection, Sql.OLDEST_QUEUED).contains("landfall_landing_line"));
    }
  }

  private static String plan(Connection connection, String sql) throws Exception {
    String numbered = sql.replace("(...)", "(?, ?)");
    for (int i = 1; numbered.contains("?"); i++) {
      numbered = numbered.replaceFirst("\\?", "\\$" + i);
    }
    StringBuilder plan = new StringBuilder();
    try (Statement statement = connection.createStatement();
        ResultSet lines = statement.executeQuery("EXPLAIN (GENERIC_PLAN) " + numbered)) {
      while (lines.next()) {
        plan.append(lines.getString(1)).append('\n');
      }
    }
    return plan.toString();
  }
}
