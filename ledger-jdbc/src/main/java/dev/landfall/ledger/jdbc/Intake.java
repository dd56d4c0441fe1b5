package dev.landfall.ledger.jdbc;

import dev.landfall.event.RawEvent;
import dev.landfall.ledger.jdbc.Recording.Incoming;
import dev.landfall.spi.Arrival;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Recorded;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What comes in: landings, and deliveries that are no events. */
final class Intake {

  private final Statements statements;
  private final Routes routes;
  private final Lines lines;
  private final Keys keys;
  private final Receipts receipts;
  private final Arrivals arrivals;

  Intake(
      Statements statements,
      Dialect dialect,
      Routes routes,
      Lines lines,
      Keys keys,
      Receipts receipts) {
    this.statements = statements;
    this.routes = routes;
    this.lines = lines;
    this.keys = keys;
    this.receipts = receipts;
    this.arrivals = new Arrivals(statements, dialect);
  }

  /**
   * Records all landings of these deliveries that are not known. What is known is asked first, so
   * that the rest goes in at once; if another instance records one of them meanwhile, the
   * transaction fails on its key and is run again.
   */
  void record(List<Recording> recordings) throws SQLException {
    List<Incoming> all =
        recordings.stream().flatMap(recording -> recording.landings().stream()).toList();
    Map<Digest, Known> known = find(all);
    Map<Digest, Incoming> fresh = new LinkedHashMap<>();
    for (Incoming incoming : all) {
      if (!known.containsKey(incoming.digest())) {
        fresh.putIfAbsent(incoming.digest(), incoming);
      }
    }
    Map<Digest, Arrival> standing = arrivals.of(fresh.values());
    insert(List.copyOf(fresh.values()));
    for (Recording recording : recordings) {
      List<Recorded> answers = new ArrayList<>();
      for (Incoming incoming : recording.landings()) {
        LandingId id = incoming.landing().id();
        Known there = known.get(incoming.digest());
        // The first of equal ones takes it away; the others are duplicates.
        Arrival arrival = standing.remove(incoming.digest());
        answers.add(new Recorded(
            id,
            arrival != null,
            there == null ? LandingState.PENDING : there.state(id),
            Objects.requireNonNullElse(arrival, Arrival.IN_ORDER)));
      }
      recording.answer(List.copyOf(answers));
    }
  }

  private record Known(String event, LandingState state) {

    static Known read(ResultSet row) throws SQLException {
      return new Known(row.getString("event"), Rows.STATES.get(row.getInt("state")));
    }

    LandingState state(LandingId id) {
      if (!event.equals(id.event().value())) {
        throw new IllegalStateException(
            "The landing %s has the same key as one of the event %s and cannot be recorded; give its route another name."
                .formatted(id, event));
      }
      return state;
    }
  }

  private Map<Digest, Known> find(List<Incoming> landings) throws SQLException {
    Map<Digest, Known> known = new HashMap<>();
    keys.find(
        row -> known.put(Digest.of(row.getBytes("digest")), Known.read(row)),
        landings.stream().map(Incoming::digest).toList());
    return known;
  }

  private void insert(List<Incoming> landings) throws SQLException {
    Map<Digest, String> named = new TreeMap<>();
    for (Incoming incoming : landings) {
      if (incoming.line() != null) {
        named.put(incoming.line(), Objects.requireNonNull(incoming.landing().line()));
      }
    }
    if (!named.isEmpty()) {
      lines.create(named);
    }
    List<@Nullable Object[]> rows = new ArrayList<>();
    List<Incoming> withReceipts = new ArrayList<>();
    for (Incoming incoming : landings) {
      rows.add(row(incoming));
      if (!incoming.landing().receipts().isEmpty()) {
        withReceipts.add(incoming);
      }
    }
    statements.batch(Sql.INSERT_LANDING, rows);
    keys.inserted(landings.stream().map(Incoming::digest).toList());
    if (!withReceipts.isEmpty()) {
      putReceipts(withReceipts);
    }
    for (Digest line : named.keySet()) {
      lines.arrange(lines.numberOf(line));
    }
  }

  private @Nullable Object[] row(Incoming incoming) throws SQLException {
    Landing landing = incoming.landing();
    Digest line = incoming.line();
    return new @Nullable Object[] {
      incoming.digest(),
      landing.id().event().value(),
      routes.numberOf(landing.id().route()),
      line == null ? Lines.READY : Lines.QUEUED,
      landing.recordedAt().toEpochMilli(),
      landing.openedAt().toEpochMilli(),
      Rows.deadline(landing.deadline()),
      landing.attempts(),
      line == null ? null : lines.numberOf(line),
      landing.facts().type(),
      landing.facts().entity(),
      landing.facts().legalEntity(),
      landing.facts().time().toEpochMilli(),
      incoming.stream(),
      Rows.controlNumber(landing.facts().controlNumber()),
      Receipts.count(Map.of(), landing.receipts()),
      landing.body().toByteArray()
    };
  }

  private void putReceipts(List<Incoming> landings) throws SQLException {
    Map<Digest, Long> numbers = new HashMap<>();
    keys.find(
        row -> numbers.put(Digest.of(row.getBytes("digest")), row.getLong("id")),
        landings.stream().map(Incoming::digest).toList());
    for (Incoming incoming : landings) {
      long number = Objects.requireNonNull(numbers.get(incoming.digest()));
      receipts.put(number, Map.of(), incoming.landing().receipts());
    }
  }

  /** Keeps a delivery that is no event, unless it is there. */
  void bury(RawEvent body, byte[] digest, Failure failure) throws SQLException {
    if (statements.list(Sql.IS_BURIED, row -> row.getLong("id"), digest).isEmpty()) {
      statements.update(
          Sql.BURY,
          digest,
          failure.reason().name(),
          failure.message(),
          failure.at().toEpochMilli(),
          body.toByteArray());
    }
  }
}
