package dev.landfall.ledger.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls within one transaction; what one of them does wrong is no harm to the others. For one
 * thread at a time.
 *
 * <p>At first all are run as if none could fail, which takes the fewest round trips. If one does
 * fail, all is undone, and they are run once more, each by itself.
 */
final class Transactions implements AutoCloseable {

  /** How often calls are run at once again if other instances were in their way. */
  private static final int MOST_TRIES = 10;

  private static final String SAVEPOINT = "SAVEPOINT landfall_call";
  private static final String ROLL_BACK_TO_SAVEPOINT = "ROLLBACK TO SAVEPOINT landfall_call";
  private static final String RELEASE_SAVEPOINT = "RELEASE SAVEPOINT landfall_call";

  private final Database database;
  private @Nullable Tables tables;

  Transactions(Database database) {
    this.database = database;
  }

  /** Runs calls and commits them; each knows afterwards what came of it. */
  void run(List<Call<?>> calls) {
    try {
      runUntilDone(calls);
      current().ending();
      database.commit(current().statements());
      current().ended();
    } catch (Throwable failure) {
      // Whatever it is, an Error too: callers wait for an answer and the thread must live on.
      calls.forEach(call -> call.fail(database.failure(failure)));
      undo(calls);
    }
  }

  private void runUntilDone(List<Call<?>> calls) throws SQLException {
    boolean together = true;
    for (int tries = 1; ; tries++) {
      Tables ours = begin();
      try {
        if (together) {
          runTogether(ours, calls);
        } else {
          runOneByOne(ours, calls, tries < MOST_TRIES);
        }
        return;
      } catch (SQLException | RuntimeException failure) {
        undo(calls);
        boolean repeated = database.dialect().mayBeRepeated(failure) && tries < MOST_TRIES;
        if (tables == null || (!together && !repeated)) {
          throw failure;
        }
        together = together && repeated;
      }
    }
  }

  private static void runTogether(Tables ours, List<Call<?>> calls) throws SQLException {
    ours.lines()
        .lock(calls.stream().flatMap(it -> it.operation().lines().stream()).toList());
    ours.intake().record(recordings(calls));
    for (Call<?> call : calls) {
      call.run(ours);
    }
  }

  private static List<Recording> recordings(List<Call<?>> calls) {
    List<Recording> recordings = new ArrayList<>();
    for (Call<?> call : calls) {
      if (call.operation() instanceof Recording recording) {
        recordings.add(recording);
      }
    }
    return recordings;
  }

  private void runOneByOne(Tables ours, List<Call<?>> calls, boolean mayBeRepeated)
      throws SQLException {
    for (Call<?> call : calls) {
      ours.statements().execute(SAVEPOINT);
      try {
        ours.lines().lock(call.operation().lines());
        call.run(ours);
        call.succeed();
      } catch (SQLException | RuntimeException failure) {
        if (mayBeRepeated && database.dialect().mayBeRepeated(failure)) {
          throw failure;
        }
        try {
          ours.statements().execute(ROLL_BACK_TO_SAVEPOINT);
        } catch (SQLException gone) {
          // Some failures, such as a full disk, end the whole transaction.
          failure.addSuppressed(gone);
          throw failure;
        }
        ours.undone();
        call.fail(database.failure(failure));
      }
      ours.statements().execute(RELEASE_SAVEPOINT);
    }
  }

  private Tables begin() throws SQLException {
    if (tables == null) {
      tables = new Tables(new Statements(database.connect()), database.dialect());
    }
    database.begin(tables.statements());
    return tables;
  }

  private Tables current() {
    if (tables == null) {
      throw new IllegalStateException("No transaction was begun.");
    }
    return tables;
  }

  private void undo(List<Call<?>> calls) {
    calls.forEach(Call::undone);
    if (tables != null) {
      tables.undone();
      if (!database.rollBack(tables.statements())) {
        disconnect();
      }
    }
  }

  private void disconnect() {
    if (tables != null) {
      database.disconnect(tables.statements().connection());
      tables = null;
    }
  }

  /** Gives the connection back. */
  @Override
  public void close() {
    disconnect();
    database.close();
  }
}
