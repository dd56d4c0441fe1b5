package dev.landfall.ledger.jdbc;

import dev.landfall.spi.LedgerException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An operation on its way, with what came of it. */
final class Call<T> {

  private final Operation<T> operation;
  private final int weight;
  private final boolean lasting;
  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private @Nullable T result;
  private @Nullable LedgerException failure;

  /**
   * Creates a call.
   *
   * @param operation what to do
   * @param weight how many KiB it holds while it waits; 0 if its caller waits for it
   * @param lasting whether the commit has to survive a power cut
   */
  Call(Operation<T> operation, int weight, boolean lasting) {
    this.operation = operation;
    this.weight = weight;
    this.lasting = lasting;
  }

  Operation<T> operation() {
    return operation;
  }

  int weight() {
    return weight;
  }

  boolean isLasting() {
    return lasting;
  }

  boolean isWaitedFor() {
    return weight == 0;
  }

  CompletableFuture<T> answer() {
    return answer;
  }

  void run(Tables tables) throws SQLException {
    result = operation.run(tables);
  }

  /** Forgets what it did, as that was undone. */
  void undone() {
    if (operation instanceof Recording recording) {
      recording.undone();
    }
  }

  /** Forgets that it failed before. */
  void succeed() {
    failure = null;
  }

  void fail(LedgerException why) {
    failure = why;
  }

  void complete() {
    if (failure == null) {
      answer.complete(result);
    } else {
      answer.completeExceptionally(failure);
    }
  }
}
