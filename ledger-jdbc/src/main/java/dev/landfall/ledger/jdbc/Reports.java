package dev.landfall.ledger.jdbc;

import dev.landfall.event.RawEvent;
import dev.landfall.ledger.jdbc.Rows.Row;
import dev.landfall.spi.Backlog;
import dev.landfall.spi.DeadLetter;
import dev.landfall.spi.FailedAttempt;
import dev.landfall.spi.Failure;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.LandingQuery;
import dev.landfall.spi.LandingReport;
import dev.landfall.spi.LandingState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells what is in the ledger; changes nothing. */
final class Reports {

  /** How many are looked at in one transaction, so that others get their turn. */
  private static final int SEARCHED_AT_ONCE = 1_000;
  /** How many states and routes are looked at in one statement. */
  private static final int PARTS_AT_ONCE = 64;

  private static final Instant FAR_PAST = Instant.ofEpochMilli(Long.MIN_VALUE);
  private static final Instant FAR_FUTURE = Instant.ofEpochMilli(Long.MAX_VALUE);

  private final Statements statements;
  private final Routes routes;
  private final Keys keys;
  private final Attempts attempts;
  private final Rows rows;

  Reports(Statements statements, Routes routes, Keys keys, Attempts attempts, Rows rows) {
    this.statements = statements;
    this.routes = routes;
    this.keys = keys;
    this.attempts = attempts;
    this.rows = rows;
  }

  Backlog backlog() throws SQLException {
    Map<String, Backlog.Waiting> waiting = new HashMap<>();
    statements.list(
        Sql.BACKLOG,
        row -> waiting.put(
            routes.nameOf(row.getLong("route")),
            new Backlog.Waiting(
                row.getLong("pending"), Instant.ofEpochMilli(row.getLong("oldest")))));
    return new Backlog(waiting);
  }

  List<DeadLetter> deadLetters(int most) throws SQLException {
    List<Long> dead = statements.list(Sql.FIND_DEAD, row -> row.getLong("id"), most);
    Stream<DeadLetter> landings = reports(dead).stream()
        .map(report -> new DeadLetter(
            report.landing().id(),
            Objects.requireNonNull(report.failure(), "why it died"),
            report.landing().attempts(),
            report.history(),
            report.landing().body()));
    Stream<DeadLetter> deliveries = statements
        .list(
            Sql.FIND_BURIED,
            row -> new DeadLetter(
                null, Attempts.failure(row), 0, List.of(), RawEvent.of(row.getBytes("body"))),
            most)
        .stream();
    return Stream.concat(landings, deliveries)
        .sorted(Comparator.comparing((DeadLetter it) -> it.failure().at()).reversed())
        .limit(most)
        .toList();
  }

  Optional<LandingReport> find(LandingId id) throws SQLException {
    List<Long> number = keys.find(row -> row.getLong("id"), List.of(Digest.ofLanding(id)));
    return reports(number).stream().findFirst();
  }

  /**
   * A landing that a search comes by.
   *
   * @param number of its row
   * @param recordedAt when it was recorded
   * @param fits whether it is one of those that are sought
   */
  record Found(long number, long recordedAt, boolean fits) {

    static final Comparator<Found> LATEST =
        Comparator.comparing(Found::recordedAt).thenComparing(Found::number).reversed();
    /** Before all landings. */
    static final Found NONE = new Found(Long.MAX_VALUE, Long.MAX_VALUE, false);
  }

  /**
   * Looks at some more landings.
   *
   * @param query which are sought
   * @param most how many are still sought
   * @param last the last that was looked at
   * @return those looked at, in order; empty if there are no more
   */
  List<Found> search(LandingQuery query, int most, Found last) throws SQLException {
    boolean anyFits =
        query.entity() == null && query.legalEntity() == null && query.reason() == null;
    int limit = anyFits ? Math.min(most, SEARCHED_AT_ONCE) : SEARCHED_AT_ONCE;
    long from = query.recordedFrom() == null ? Long.MIN_VALUE : firstMilli(query.recordedFrom());
    long until = query.recordedBefore() == null
        ? last.recordedAt
        : Math.min(last.recordedAt, firstMilli(query.recordedBefore()) - 1);
    List<Found> found = new ArrayList<>();
    Union parts = new Union();
    int count = 0;
    for (int state : statesOf(query)) {
      for (long route : routesOf(query)) {
        parts.add(Sql.FIND_LATEST, state, route, from, until, last.recordedAt, last.number, limit);
        if (++count % PARTS_AT_ONCE == 0) {
          found.addAll(search(query, parts));
          parts = new Union();
        }
      }
    }
    if (!parts.sql().isEmpty()) {
      found.addAll(search(query, parts));
    }
    return found.stream().sorted(Found.LATEST).limit(limit).toList();
  }

  private List<Found> search(LandingQuery query, Union parts) throws SQLException {
    return statements.list(
        parts.sql(),
        row -> new Found(row.getLong("id"), row.getLong("recorded_at"), fits(query, row)),
        parts.values());
  }

  private static List<Integer> statesOf(LandingQuery query) {
    return Rows.STATES.stream()
        .filter(state -> query.state() == null || query.state() == state)
        .map(Rows.STATES::indexOf)
        .toList();
  }

  private Collection<Long> routesOf(LandingQuery query) throws SQLException {
    if (query.route() == null) {
      return routes.all();
    }
    Long number = routes.find(query.route());
    return number == null ? List.of() : List.of(number);
  }

  /** {@return the first whole millisecond that is not before a time, however far away that is} */
  static long firstMilli(Instant time) {
    if (!time.isBefore(FAR_FUTURE)) {
      return Long.MAX_VALUE;
    }
    return time.isBefore(FAR_PAST) ? Long.MIN_VALUE : time.plusNanos(999_999).toEpochMilli();
  }

  /** In Java, as databases do not agree on what the other case of a letter is. */
  private static boolean fits(LandingQuery query, ResultSet row) throws SQLException {
    return (query.entity() == null || query.entity().equalsIgnoreCase(row.getString("entity")))
        && (query.legalEntity() == null
            || query.legalEntity().equalsIgnoreCase(row.getString("legal_entity")))
        && (query.reason() == null || query.reason().name().equals(row.getString("reason")));
  }

  /**
   * {@return reports on landings by the numbers of their rows, in order; nothing for those gone}
   */
  List<LandingReport> reports(List<Long> numbers) throws SQLException {
    Map<Long, List<FailedAttempt>> histories = attempts.of(numbers);
    Map<Long, LandingReport> reports = new HashMap<>();
    for (Row row : rows.list(Sql.FIND_LANDINGS, numbers)) {
      reports.put(row.number(), report(row, histories.getOrDefault(row.number(), List.of())));
    }
    return numbers.stream().map(reports::get).filter(Objects::nonNull).toList();
  }

  private static LandingReport report(Row row, List<FailedAttempt> history) {
    @Nullable
    Failure last = row.reason() == null || history.isEmpty()
        ? null
        : history.get(history.size() - 1).failure();
    return new LandingReport(
        row.landing(),
        row.state(),
        row.state() == LandingState.PENDING ? row.due() : null,
        row.ended(),
        last,
        history,
        row.remark());
  }
}
