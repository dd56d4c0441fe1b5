package dev.landfall.ledger.jdbc;

import dev.landfall.spi.LedgerException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls that are committed; those that must last, once they do.
 *
 * <p>Where a commit does not wait for the disk, a thread besides the writer's does, once for all
 * that was committed meanwhile, while the writer goes on with the next group. It runs no code of
 * callers, so that one of them may wait for such a call in what it does with an answer.
 */
final class Answers {

  /**
   * How many groups may wait for the disk: one is synced, one comes next. If there were more they
   * would be smaller, and cost more in all.
   */
  private static final int MOST_UNSYNCED = 2;

  private final Database database;
  private final Semaphore room;
  private final Semaphore ahead = new Semaphore(MOST_UNSYNCED);
  private final List<Call<?>> committed = new ArrayList<>();
  private final ExecutorService syncing = oneThread("landfall-ledger-sync");
  private final ExecutorService answering = oneThread("landfall-ledger-answers");
  private volatile @Nullable LedgerException broken;

  /**
   * Makes the threads.
   *
   * @param database where the calls were committed
   * @param room what a submitted call has taken of it is given back with its answer
   */
  Answers(Database database, Semaphore room) {
    this.database = database;
    this.room = room;
  }

  private static ExecutorService oneThread(String name) {
    return Executors.newSingleThreadExecutor(task -> GroupCommit.daemon(task, name));
  }

  /** Waits until another group may be committed; each that is has to be given away. */
  void awaitTurn() {
    ahead.acquireUninterruptibly();
  }

  /** {@return why nothing can be written any more, or null} */
  @Nullable
  LedgerException broken() {
    return broken;
  }

  /** Answers the calls of a group in which each is committed or has failed. */
  void give(List<Call<?>> group) {
    if (database.lastsOnceCommitted()) {
      ahead.release();
      answer(group);
      return;
    }
    List<Call<?>> lasting = new ArrayList<>();
    List<Call<?>> others = new ArrayList<>();
    group.forEach(call -> (call.isLasting() ? lasting : others).add(call));
    if (lasting.isEmpty()) {
      ahead.release();
    } else {
      synchronized (committed) {
        committed.addAll(lasting);
      }
      syncing.execute(this::sync);
    }
    answer(others);
  }

  private void sync() {
    List<Call<?>> synced;
    synchronized (committed) {
      synced = List.copyOf(committed);
      committed.clear();
    }
    if (!synced.isEmpty()) {
      waitForDisk();
    }
    ahead.release();
    LedgerException failure = broken;
    if (failure != null) {
      synced.forEach(call -> call.fail(failure));
    }
    answer(synced);
  }

  /**
   * Never tries again: after a failure the system may have dropped what it was to write, and tell
   * of no failure the next time.
   */
  private void waitForDisk() {
    if (broken == null) {
      try {
        database.sync();
      } catch (LedgerException failure) {
        broken = failure;
      } catch (RuntimeException | Error failure) {
        broken = database.failure(failure);
      }
    }
  }

  private void answer(List<Call<?>> calls) {
    List<Call<?>> submitted = new ArrayList<>();
    for (Call<?> call : calls) {
      if (call.isWaitedFor()) {
        call.complete();
      } else {
        submitted.add(call);
      }
    }
    if (!submitted.isEmpty()) {
      answering.execute(() -> submitted.forEach(call -> {
        room.release(call.weight());
        call.complete();
      }));
    }
  }

  /** Returns when all that was given lasts; what is hung on the answers may take longer. */
  void close() {
    CompletableFuture.runAsync(() -> {}, syncing).join();
    syncing.shutdown();
    answering.shutdown();
  }
}
