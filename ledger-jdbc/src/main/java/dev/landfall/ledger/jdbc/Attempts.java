package dev.landfall.ledger.jdbc;

import dev.landfall.event.Reason;
import dev.landfall.spi.FailedAttempt;
import dev.landfall.spi.Failure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Failed attempts, the latest of each landing. */
final class Attempts {

  private static final int KEPT = 32;

  private final Statements statements;

  Attempts(Statements statements) {
    this.statements = statements;
  }

  /** Adds the failure that a landing's row counts already. */
  void add(long landing, int attempt, Failure failure) throws SQLException {
    statements.update(
        Sql.INSERT_ATTEMPT,
        attempt,
        failure.reason().name(),
        failure.message(),
        failure.at().toEpochMilli(),
        landing);
    statements.update(Sql.DELETE_OLD_ATTEMPTS, landing, landing, KEPT);
  }

  /** {@return the history of landings by their numbers; nothing for those that have none} */
  Map<Long, List<FailedAttempt>> of(List<Long> landings) throws SQLException {
    Map<Long, List<FailedAttempt>> found = new HashMap<>();
    statements.listIn(
        Sql.FIND_ATTEMPTS,
        row -> found
            .computeIfAbsent(row.getLong("landing"), any -> new ArrayList<>())
            .add(new FailedAttempt(row.getInt("attempt_number"), failure(row))),
        landings);
    return found;
  }

  static Failure failure(ResultSet row) throws SQLException {
    return new Failure(
        reason(row.getString("reason")),
        row.getString("message"),
        Instant.ofEpochMilli(row.getLong("failed_at")));
  }

  /** A reason that a newer version wrote need not be known here; its message tells enough. */
  static Reason reason(String name) {
    return Arrays.stream(Reason.values())
        .filter(known -> known.name().equals(name))
        .findFirst()
        .orElse(Reason.UNEXPECTED);
  }
}
