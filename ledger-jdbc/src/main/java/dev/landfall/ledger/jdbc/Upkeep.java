package dev.landfall.ledger.jdbc;

import dev.landfall.event.RawEvent;
import dev.landfall.spi.LandingId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What people decide, and what is forgotten in time. */
final class Upkeep {

  /** Of the states that are forgotten: stored and discarded. */
  private static final List<Integer> DONE = List.of(1, 3);

  private final Statements statements;
  private final Dialect dialect;
  private final Lines lines;
  private final Keys keys;
  private final Receipts receipts;

  Upkeep(Statements statements, Dialect dialect, Lines lines, Keys keys, Receipts receipts) {
    this.statements = statements;
    this.dialect = dialect;
    this.lines = lines;
    this.keys = keys;
    this.receipts = receipts;
  }

  boolean reopen(LandingId id, Set<String> sinks, @Nullable Instant deadline, Instant now)
      throws SQLException {
    Known known = lock(id);
    if (known == null
        || statements.update(Sql.REOPEN, now.toEpochMilli(), Rows.deadline(deadline), known.number)
            == 0) {
      return false;
    }
    receipts.forget(known.number, sinks);
    arrange(known);
    return true;
  }

  boolean discard(LandingId id, String remark, RawEvent body, Instant now) throws SQLException {
    Known known = lock(id);
    if (known == null
        || statements.update(
                Sql.DISCARD, now.toEpochMilli(), remark, body.toByteArray(), known.number)
            == 0) {
      return false;
    }
    arrange(known);
    return true;
  }

  private record Known(long number, @Nullable Long line) {
    static Known read(ResultSet row) throws SQLException {
      return new Known(row.getLong("id"), Rows.longOrNull(row, "line"));
    }
  }

  /** Finds a landing and locks its line, which must be locked before the landing is. */
  private @Nullable Known lock(LandingId id) throws SQLException {
    List<Known> found = keys.find(Known::read, List.of(Digest.ofLanding(id)));
    if (found.isEmpty()) {
      return null;
    }
    Known known = found.get(0);
    if (known.line != null) {
      lines.lockByNumber(List.of(known.line));
    }
    return known;
  }

  private void arrange(Known known) throws SQLException {
    if (known.line != null) {
      lines.arrange(known.line);
    }
  }

  boolean exhume(byte[] digest) throws SQLException {
    return statements.update(Sql.EXHUME, digest) == 1;
  }

  int purge(Instant endedBefore, int most) throws SQLException {
    Union oldest = new Union();
    for (int state : DONE) {
      oldest.add(Sql.FIND_ENDED, state, Reports.firstMilli(endedBefore), most);
    }
    record Ended(long landing, long at) {}
    List<Long> found = statements
        .list(
            oldest.sql(),
            row -> new Ended(row.getLong("id"), row.getLong("ended_at")),
            oldest.values())
        .stream()
        .sorted(Comparator.comparing(Ended::at).thenComparing(Ended::landing))
        .limit(most)
        .map(Ended::landing)
        .toList();
    List<Known> locked = new ArrayList<>();
    statements.listIn(
        Sql.LOCK_ENDED + dialect.skippingLocked(),
        row -> DONE.contains(row.getInt("state")) && locked.add(Known.read(row)),
        found);
    List<Long> numbers = locked.stream().map(Known::number).toList();
    statements.updateIn(Sql.DELETE_RECEIPTS, numbers);
    statements.updateIn(Sql.DELETE_ATTEMPTS, numbers);
    keys.delete(numbers);
    TreeSet<Long> left = new TreeSet<>();
    locked.stream().map(Known::line).filter(Objects::nonNull).forEach(left::add);
    lines.deleteEmpty(left);
    return numbers.size();
  }
}
