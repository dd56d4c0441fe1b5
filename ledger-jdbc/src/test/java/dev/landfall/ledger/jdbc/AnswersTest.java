package dev.landfall.ledger.jdbc;

import static dev.landfall.ledger.jdbc.Samples.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.spi.LedgerException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When calls are answered, on a disk that is as slow as the test wants. */
@Timeout(60)
class AnswersTest {

  @TempDir
  private Path folder;

  private SlowDisk disk;
  private GroupCommit commits;

  @BeforeEach
  void open() throws Exception {
    SqliteFile file = SqliteFile.open(folder.resolve("ledger.db"));
    Samples.execute(file.connection(), "CREATE TABLE numbers (n INTEGER)");
    disk = new SlowDisk(file);
    commits = new GroupCommit(disk, 64);
    commits.start();
  }

  @AfterEach
  void close() {
    disk.syncs.release(1_000);
    commits.close();
  }

  @Test
  void whatMustLastIsAnsweredWhenItIsOnDiskAndTheRestBefore() throws Exception {
    CompletionStage<Integer> submitted = commits.submit(1, insert(1));
    disk.awaitSync();
    assertEquals(1, commits.run(false, AnswersTest::count));
    CompletableFuture<Integer> waitedFor =
        CompletableFuture.supplyAsync(() -> commits.run(true, insert(2)));
    assertFalse(submitted.toCompletableFuture().isDone());
    assertFalse(waitedFor.isDone());
    disk.syncs.release(2);
    assertEquals(1, answer(submitted));
    assertEquals(2, answer(waitedFor));
  }

  @Test
  void oneWaitForTheDiskServesWhatWasCommittedMeanwhileAndTheWriterDoesNotRunFarAhead()
      throws Exception {
    List<CompletionStage<Integer>> answers = new ArrayList<>();
    answers.add(commits.submit(1, insert(0)));
    disk.awaitSync();
    for (int i = 1; i < 10; i++) {
      answers.add(commits.submit(1, insert(i)));
    }
    disk.syncs.release(3);
    for (int i = 0; i < 10; i++) {
      assertEquals(i, answer(answers.get(i)));
    }
    assertTrue(disk.synced.get() <= 3, () -> disk.synced + " waits for the disk");
  }

  @Test
  void anAnswersReceiverMayWaitForTheDiskItself() throws Exception {
    disk.syncs.release(1_000);
    CompletionStage<Integer> second =
        commits.submit(1, insert(1)).thenApply(one -> commits.run(true, insert(one + 1)));
    assertEquals(2, answer(second));
  }

  @Test
  void whatWaitsForTheDiskIsAnsweredWhenTheLedgerIsClosed() throws Exception {
    CompletionStage<Integer> underWay = commits.submit(1, insert(1));
    disk.awaitSync();
    Thread closing = new Thread(commits::close);
    closing.start();
    assertFalse(disk.closed);
    disk.syncs.release(1_000);
    closing.join();
    assertTrue(disk.closed);
    assertEquals(1, answer(underWay));
  }

  @Test
  void afterAWaitThatFailedNothingIsConfirmedAnyMore() throws Exception {
    disk.failing = true;
    disk.syncs.release(1_000);
    ExecutionException failed =
        assertThrows(ExecutionException.class, () -> answer(commits.submit(1, insert(1))));
    LedgerException cause = assertInstanceOf(LedgerException.class, failed.getCause());
    assertTrue(cause.retryable());
    disk.failing = false;
    ExecutionException next =
        assertThrows(ExecutionException.class, () -> answer(commits.submit(1, insert(2))));
    assertEquals(cause, next.getCause());
    for (boolean lasting : new boolean[] {true, false}) {
      assertThrows(LedgerException.class, () -> commits.run(lasting, AnswersTest::count));
    }
    assertEquals(1, disk.synced.get(), "it is not tried again");
  }

  private static Operation<Integer> insert(int number) {
    return tables -> {
      tables.statements().update("INSERT INTO numbers VALUES (?)", number);
      return number;
    };
  }

  private static int count(Tables tables) throws SQLException {
    return tables
        .statements()
        .list("SELECT count(*) FROM numbers", row -> row.getInt(1))
        .get(0);
  }

  private static final class SlowDisk implements Database {

    private final SqliteFile file;
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore syncs = new Semaphore(0);
    private final AtomicInteger synced = new AtomicInteger();
    private volatile boolean failing;
    private volatile boolean closed;

    SlowDisk(SqliteFile file) {
      this.file = file;
    }

    void awaitSync() throws InterruptedException {
      assertTrue(begun.tryAcquire(30, TimeUnit.SECONDS));
    }

    @Override
    public void sync() {
      begun.release();
      syncs.acquireUninterruptibly();
      synced.incrementAndGet();
      if (failing) {
        throw LedgerException.unavailable("The disk is gone.", null);
      }
      file.sync();
    }

    @Override
    public boolean lastsOnceCommitted() {
      return file.lastsOnceCommitted();
    }

    @Override
    public Dialect dialect() {
      return file.dialect();
    }

    @Override
    public Connection connect() {
      return file.connect();
    }

    @Override
    public void disconnect(Connection connection) {
      file.disconnect(connection);
    }

    @Override
    public void begin(Statements statements) throws SQLException {
      file.begin(statements);
    }

    @Override
    public void commit(Statements statements) throws SQLException {
      file.commit(statements);
    }

    @Override
    public boolean rollBack(Statements statements) {
      return file.rollBack(statements);
    }

    @Override
    public LedgerException failure(Throwable cause) {
      return file.failure(cause);
    }

    @Override
    public void close() {
      closed = true;
      file.close();
    }
  }
}
