package dev.landfall.ledger.jdbc;

import static dev.landfall.ledger.jdbc.Samples.FACTS;
import static dev.landfall.ledger.jdbc.Samples.NOON;
import static dev.landfall.ledger.jdbc.Samples.answer;
import static dev.landfall.ledger.jdbc.Samples.bytes;
import static dev.landfall.ledger.jdbc.Samples.claim;
import static dev.landfall.ledger.jdbc.Samples.execute;
import static dev.landfall.ledger.jdbc.Samples.id;
import static dev.landfall.ledger.jdbc.Samples.landing;
import static dev.landfall.ledger.jdbc.Samples.record;
import static dev.landfall.ledger.jdbc.Samples.stored;
import static dev.landfall.ledger.jdbc.Samples.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Reason;
import dev.landfall.spi.Claim;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LedgerException;
import dev.landfall.spi.Recorded;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {

  private static final int WAITING_KIB = 8;

  @TempDir
  private Path folder;

  private SqliteFile file;
  private JdbcLedger ledger;

  @BeforeEach
  void open() {
    file = SqliteFile.open(folder.resolve("ledger.db"));
    ledger = JdbcLedger.on(file, WAITING_KIB);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void aCallThatFailsDoesNotSinkItsNeighbours() throws Exception {
    Landing tooFar = Landing.first(id("too far"), Instant.MAX, FACTS, bytes(""));
    CompletionStage<List<Recorded>> before;
    CompletionStage<List<Recorded>> failing;
    CompletionStage<List<Recorded>> after;
    try (Connection other = writeLock()) {
      // All three wait for the lock, so they are written together.
      before = ledger.record(List.of(landing("before")));
      failing = ledger.record(List.of(landing("half done"), tooFar));
      after = ledger.record(List.of(landing("after")));
      execute(other, "ROLLBACK");
    }
    assertTrue(answer(before).get(0).isNew());
    assertTrue(answer(after).get(0).isNew());
    ExecutionException failed = assertThrows(ExecutionException.class, () -> answer(failing));
    assertInstanceOf(LedgerException.class, failed.getCause());
    assertTrue(record(ledger, landing("half done")).get(0).isNew(), "nothing of it was written");
  }

  @Test
  void aFullDiskFailsCallsAndLosesNothingConfirmed() throws Exception {
    String pages = text(file.connection(), "PRAGMA page_count");
    execute(file.connection(), "PRAGMA max_page_count = " + (Integer.parseInt(pages) + 20));
    List<Landing> confirmed = new ArrayList<>();
    ExecutionException full = assertThrows(ExecutionException.class, () -> {
      for (int i = 0; i < 100; i++) {
        Landing next = landing("event " + i, "x".repeat(3_000));
        record(ledger, next);
        confirmed.add(next);
      }
    });
    LedgerException refused = assertInstanceOf(LedgerException.class, full.getCause());
    assertTrue(refused.getMessage().contains("Free space on its disk"), refused.getMessage());
    assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
    assertTrue(refused.retryable());
    assertFalse(confirmed.isEmpty());

    execute(file.connection(), "PRAGMA max_page_count = 1000000");
    assertTrue(record(ledger, landing("there is room again")).get(0).isNew());
    ledger.close();
    ledger = JdbcLedger.sqlite(folder.resolve("ledger.db"));
    assertTrue(
        record(ledger, confirmed.toArray(Landing[]::new)).stream().noneMatch(Recorded::isNew));
  }

  @Test
  void tooManyWaitingDeliveriesAreTurnedAwayButWorkGoesOn() throws Exception {
    record(ledger, landing("claimed"));
    Claim claim = claim(ledger, 1).get(0);
    List<CompletableFuture<List<Recorded>>> taken = new ArrayList<>();
    CompletableFuture<Boolean> settled;
    try (Connection other = writeLock()) {
      for (int i = 0; i < WAITING_KIB; i++) {
        taken.add(ledger.record(List.of(landing("event " + i))).toCompletableFuture());
      }
      CompletableFuture<List<Recorded>> tooMany =
          ledger.record(List.of(landing("too many"))).toCompletableFuture();
      assertTrue(tooMany.isCompletedExceptionally());
      CompletionException refused = assertThrows(CompletionException.class, tooMany::join);
      LedgerException cause = assertInstanceOf(LedgerException.class, refused.getCause());
      assertEquals(Reason.OVERLOADED, cause.reason());
      settled = CompletableFuture.supplyAsync(() -> ledger.settle(claim, stored(), NOON));
      execute(other, "ROLLBACK");
    }
    for (CompletableFuture<List<Recorded>> each : taken) {
      assertTrue(answer(each).get(0).isNew());
    }
    assertTrue(answer(settled));
    assertTrue(record(ledger, landing("too many")).get(0).isNew());
  }

  @Test
  void aDeliveryLargerThanAllThatMayWaitIsTakenAlone() throws Exception {
    String large = "x".repeat(3 * WAITING_KIB * 1024);
    assertTrue(record(ledger, landing("large", large)).get(0).isNew());
  }

  @Test
  void aCallerThatHoldsUpAnswersDoesNotHoldUpTheWriting() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletionStage<Boolean> slow;
    try (Connection other = writeLock()) {
      slow = ledger.record(List.of(landing("a"))).thenApply(recorded -> {
        answered.countDown();
        try {
          return goOn.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException unexpected) {
          return false;
        }
      });
      execute(other, "ROLLBACK");
    }
    assertTrue(answered.await(30, TimeUnit.SECONDS));
    assertEquals(1, claim(ledger, 10).size());
    goOn.countDown();
    assertTrue(answer(slow));
  }

  @Test
  void anInterruptDoesNotCutACallShort() throws Exception {
    record(ledger, landing("a"));
    CompletableFuture<List<Claim>> claims = new CompletableFuture<>();
    CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
    Thread worker = new Thread(() -> {
      Thread.currentThread().interrupt();
      claims.complete(claim(ledger, 10));
      stillInterrupted.complete(Thread.currentThread().isInterrupted());
    });
    worker.start();
    assertEquals(1, answer(claims).size());
    assertTrue(answer(stillInterrupted));
  }

  @Test
  void whatIsUnderWayWhenTheLedgerIsClosedIsStillWritten() throws Exception {
    CompletionStage<List<Recorded>> underWay;
    Thread closing = new Thread(ledger::close);
    try (Connection other = writeLock()) {
      underWay = ledger.record(List.of(landing("a")));
      closing.start();
      execute(other, "ROLLBACK");
    }
    assertTrue(answer(underWay).get(0).isNew());
    closing.join(30_000);
    assertFalse(closing.isAlive());
    ledger = JdbcLedger.sqlite(folder.resolve("ledger.db"));
    assertFalse(record(ledger, landing("a")).get(0).isNew());
  }

  /** Keeps the ledger from writing, as another program would, until it is rolled back. */
  private Connection writeLock() throws SQLException {
    Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
    execute(other, "BEGIN IMMEDIATE");
    return other;
  }
}
