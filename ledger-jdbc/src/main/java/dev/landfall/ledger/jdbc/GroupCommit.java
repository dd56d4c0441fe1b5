package dev.landfall.ledger.jdbc;

import dev.landfall.spi.LedgerException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs operations of many threads one after the other on one thread, and commits those that came
 * together at once: they share the wait for the disk, and what a commit costs.
 *
 * <p>It never waits for company. While one group is being written the next one gathers, so groups
 * are small when little happens and large when much does.
 */
final class GroupCommit {

  /** Bounds how long the first of a group waits for the last. */
  private static final int LARGEST_GROUP = 512;

  private final Database database;
  private final Transactions transactions;
  private final int capacity;
  private final Semaphore room;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Queue<Call<?>> queue = new ArrayDeque<>();
  private boolean closed;
  private final Thread writer = daemon(this::writeUntilClosed, "landfall-ledger-writer");
  private final Answers answers;

  /**
   * Makes the threads, which do nothing before they are started.
   *
   * @param database where the operations work; closed at the end
   * @param capacity how many KiB of submitted operations may wait
   */
  GroupCommit(Database database, int capacity) {
    this.database = database;
    this.transactions = new Transactions(database);
    this.capacity = capacity;
    this.room = new Semaphore(capacity);
    this.answers = new Answers(database, room);
  }

  void start() {
    writer.start();
  }

  static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Runs an operation soon, unless too much waits already.
   *
   * @param bytes how much memory it holds, about
   * @param operation what to do
   * @return completed on the thread for answers, so that a slow caller does not keep others from
   *     being written
   */
  <T> CompletionStage<T> submit(int bytes, Operation<T> operation) {
    int weight = Math.min(capacity, 1 + bytes / 1024);
    if (!room.tryAcquire(weight)) {
      return CompletableFuture.failedFuture(LedgerException.overloaded(
          "No more than %d KiB may wait to be written to the ledger %s; send it again later."
              .formatted(capacity, database)));
    }
    Call<T> call = new Call<>(operation, weight, true);
    if (!enqueue(call)) {
      room.release(weight);
      return CompletableFuture.failedFuture(closedAlready());
    }
    return call.answer();
  }

  /**
   * Runs an operation and waits for its commit, however much waits already: what makes room must
   * not be turned away. An interrupt does not end the wait.
   *
   * @param lasting whether the commit has to survive a power cut; one that need not does not wait
   *     for the disk
   * @param operation what to do
   * @return its answer
   */
  <T> T run(boolean lasting, Operation<T> operation) {
    Call<T> call = new Call<>(operation, 0, lasting);
    if (!enqueue(call)) {
      throw closedAlready();
    }
    try {
      return call.answer().join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof LedgerException unavailable) {
        throw unavailable;
      }
      throw failed;
    }
  }

  private LedgerException closedAlready() {
    return LedgerException.unavailable(
        "The ledger %s is closed; open it again.".formatted(database), null);
  }

  private boolean enqueue(Call<?> call) {
    lock.lock();
    try {
      if (!closed) {
        queue.add(call);
        arrived.signal();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void writeUntilClosed() {
    while (awaitWork()) {
      answers.awaitTurn();
      List<Call<?>> group = next();
      LedgerException broken = answers.broken();
      if (broken == null) {
        transactions.run(group);
      } else {
        group.forEach(call -> call.fail(broken));
      }
      answers.give(group);
    }
    answers.close();
  }

  /** {@return whether there is work, waiting for it; there will be none after false} */
  private boolean awaitWork() {
    lock.lock();
    try {
      while (queue.isEmpty() && !closed) {
        arrived.awaitUninterruptibly();
      }
      return !queue.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private List<Call<?>> next() {
    List<Call<?>> group = new ArrayList<>();
    lock.lock();
    try {
      while (!queue.isEmpty() && group.size() < LARGEST_GROUP) {
        group.add(queue.remove());
      }
    } finally {
      lock.unlock();
    }
    return group;
  }

  /** Takes no more, writes what waits until it lasts, and ends the threads. */
  void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    transactions.close();
  }
}
