package dev.landfall.ledger.jdbc;

import dev.landfall.file.Receipt;
import dev.landfall.ledger.jdbc.Rows.Row;
import dev.landfall.spi.Claim;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Settlement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who works on what, and how it ends. */
final class Claims {

  /** How many routes are looked at in one statement. */
  private static final int ROUTES_AT_ONCE = 64;
  /** How many more landings are looked at than taken, as other instances may take some. */
  private static final int SPARE = 64;
  /** How many landings are woken in one statement. */
  private static final int WOKEN_AT_ONCE = 1_000;

  private final Statements statements;
  private final Dialect dialect;
  private final Routes routes;
  private final Lines lines;
  private final Receipts receipts;
  private final Attempts attempts;
  private final Rows rows;

  Claims(
      Statements statements,
      Dialect dialect,
      Routes routes,
      Lines lines,
      Receipts receipts,
      Attempts attempts,
      Rows rows) {
    this.statements = statements;
    this.dialect = dialect;
    this.routes = routes;
    this.lines = lines;
    this.receipts = receipts;
    this.attempts = attempts;
    this.rows = rows;
  }

  List<Claim> claim(int most, Set<String> names, Instant now, Instant leasedUntil, long secret)
      throws SQLException {
    wake(now);
    List<Row> taken = new ArrayList<>();
    List<Ready> ready = findReady(most, names);
    // Another instance may have locked some of them; what comes after them is taken then.
    for (int next = 0; next < ready.size() && taken.size() < most; ) {
      int end = Math.min(ready.size(), next + most - taken.size());
      taken.addAll(lock(ready.subList(next, end)));
      next = end;
    }
    if (taken.isEmpty()) {
      return List.of();
    }
    List<Long> numbers = taken.stream().map(Row::number).toList();
    statements.updateIn(Sql.LEASE, numbers, leasedUntil.toEpochMilli(), secret);
    List<Long> theirLines =
        taken.stream().map(Row::line).filter(Objects::nonNull).toList();
    statements.updateIn(Sql.LOSE_CLAIM, theirLines);
    return taken.stream()
        .map(row -> new Claim(
            row.landing().after(row.landing().attempts() + 1, row.landing().receipts()),
            new Token(row.number(), secret).toString()))
        .toList();
  }

  private record Due(long landing, @Nullable Long line, boolean claimed, int turn, long at) {
    static Due read(ResultSet row) throws SQLException {
      return new Due(
          row.getLong("id"),
          Rows.longOrNull(row, "line"),
          Rows.longOrNull(row, "token") != null,
          row.getInt("turn"),
          row.getLong("due"));
    }
  }

  private void wake(Instant now) throws SQLException {
    TreeSet<Long> lost = new TreeSet<>();
    List<Due> due;
    do {
      due = lockDue(now.toEpochMilli());
      statements.updateIn(Sql.WAKE, due.stream().map(Due::landing).toList());
      due.stream().filter(Due::claimed).map(Due::line).filter(Objects::nonNull).forEach(lost::add);
    } while (due.size() == WOKEN_AT_ONCE);
    lines.arrangeAll(lost);
  }

  private List<Due> lockDue(long now) throws SQLException {
    List<Long> found = statements.list(Sql.FIND_DUE, row -> row.getLong("id"), now, WOKEN_AT_ONCE);
    return statements.listIn(Sql.LOCK_DUE + dialect.skippingLocked(), Due::read, found).stream()
        .filter(due -> due.turn == Lines.WAITING && due.at <= now)
        .toList();
  }

  private record Ready(long landing, long deadline, long openedAt) {

    static final Comparator<Ready> MOST_URGENT = Comparator.comparing(Ready::deadline)
        .thenComparing(Ready::openedAt)
        .thenComparing(Ready::landing);

    static Ready read(ResultSet row) throws SQLException {
      return new Ready(row.getLong("id"), row.getLong("deadline"), row.getLong("opened_at"));
    }
  }

  /** {@return the most urgent of all routes, found at the head of each one's index} */
  private List<Ready> findReady(int most, Set<String> names) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    for (String name : names) {
      Long number = routes.find(name);
      if (number != null) {
        numbers.add(number);
      }
    }
    int enough = (int) Math.min(Integer.MAX_VALUE, (long) most + (dialect.isShared() ? SPARE : 0));
    List<Ready> ready = new ArrayList<>();
    for (int start = 0; start < numbers.size(); start += ROUTES_AT_ONCE) {
      Union heads = new Union();
      for (long route : numbers.subList(start, Math.min(numbers.size(), start + ROUTES_AT_ONCE))) {
        heads.add(Sql.FIND_READY, route, enough);
      }
      ready.addAll(statements.list(heads.sql(), Ready::read, heads.values()));
    }
    return ready.stream().sorted(Ready.MOST_URGENT).limit(enough).toList();
  }

  private List<Row> lock(List<Ready> ready) throws SQLException {
    Map<Long, Integer> places = new HashMap<>();
    ready.forEach(it -> places.put(it.landing, places.size()));
    return rows
        .list(Sql.FIND_LANDINGS + dialect.skippingLocked(), List.copyOf(places.keySet()))
        .stream()
        .filter(Row::isReady)
        .sorted(Comparator.comparing(row -> Objects.requireNonNull(places.get(row.number()))))
        .toList();
  }

  boolean renew(Claim claim, Instant leasedUntil) throws SQLException {
    Token token = Token.of(claim);
    if (token == null) {
      return false;
    }
    Digest digest = Digest.ofLanding(claim.landing().id());
    if (claim.landing().line() != null) {
      lines.lock(linesOf(claim));
      List<Long> line = statements.list(
          Sql.LOCK_CLAIMED + dialect.locking(),
          row -> row.getLong("line"),
          token.landing(),
          digest,
          token.secret());
      if (!line.isEmpty()) {
        lines.makeWayFor(token.landing(), line.get(0));
      }
    }
    return statements.update(
            Sql.RENEW, leasedUntil.toEpochMilli(), token.landing(), digest, token.secret())
        == 1;
  }

  /** {@return the line that a claim's landing is in, or none} */
  static List<Digest> linesOf(Claim claim) {
    String line = claim.landing().line();
    return line == null ? List.of() : List.of(Digest.ofLine(claim.landing().id().route(), line));
  }

  boolean settle(Claim claim, Settlement settlement, Instant now) throws SQLException {
    Token token = Token.of(claim);
    if (token == null) {
      return false;
    }
    lines.lock(linesOf(claim));
    Map<String, Receipt> known = claim.landing().receipts();
    Settling settling = new Settling(
        Receipts.count(known, settlement.receipts()),
        token.landing(),
        Digest.ofLanding(claim.landing().id()),
        token.secret());
    if (!write(settling, settlement, now)) {
      return false;
    }
    receipts.put(token.landing(), known, settlement.receipts());
    Failure failure = failure(settlement);
    if (failure != null) {
      attempts.add(token.landing(), claim.landing().attempts(), failure);
    }
    for (Digest line : linesOf(claim)) {
      lines.arrange(lines.numberOf(line));
    }
    return true;
  }

  private record Settling(int receipts, long landing, Digest digest, long secret) {}

  private boolean write(Settling claim, Settlement settlement, Instant now) throws SQLException {
    if (settlement instanceof Settlement.Stored stored) {
      return write(Sql.STORE, claim, now.toEpochMilli(), stored.body().toByteArray());
    }
    if (settlement instanceof Settlement.Retry retry) {
      Failure failure = retry.failure();
      return write(
          Sql.RETRY,
          claim,
          retry.at().toEpochMilli(),
          failure.reason().name(),
          failure.at().toEpochMilli());
    }
    if (settlement instanceof Settlement.Dead dead) {
      Failure failure = dead.failure();
      return write(
          Sql.DIE,
          claim,
          now.toEpochMilli(),
          failure.reason().name(),
          failure.at().toEpochMilli());
    }
    return write(Sql.RELEASE, claim);
  }

  private boolean write(String sql, Settling claim, Object... values) throws SQLException {
    List<Object> all = new ArrayList<>();
    all.add(claim.receipts);
    all.addAll(List.of(values));
    all.addAll(List.of(claim.landing, claim.digest, claim.secret));
    return statements.update(sql, all.toArray()) == 1;
  }

  private static @Nullable Failure failure(Settlement settlement) {
    if (settlement instanceof Settlement.Retry retry) {
      return retry.failure();
    }
    return settlement instanceof Settlement.Dead dead ? dead.failure() : null;
  }
}
