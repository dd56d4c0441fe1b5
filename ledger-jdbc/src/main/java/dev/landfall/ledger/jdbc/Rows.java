package dev.landfall.ledger.jdbc;

import dev.landfall.event.EventId;
import dev.landfall.event.RawEvent;
import dev.landfall.file.Receipt;
import dev.landfall.spi.EventFacts;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.LandingState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads landings with all that belongs to them. */
final class Rows {

  static final String COLUMNS =
      "id, event, route, state, turn, recorded_at, opened_at, deadline, due, ended_at, attempts, line,"
          + " event_type, entity, legal_entity, event_time, stream, control_number, receipts,"
          + " reason, remark, body";

  /** By their numbers in the database. */
  static final List<LandingState> STATES =
      List.of(LandingState.PENDING, LandingState.STORED, LandingState.DEAD, LandingState.DISCARDED);

  private static final long NO_DEADLINE = Long.MAX_VALUE;
  private static final long NO_NUMBER = Long.MIN_VALUE;

  private final Statements statements;
  private final Routes routes;
  private final Lines lines;
  private final Receipts receipts;

  Rows(Statements statements, Routes routes, Lines lines, Receipts receipts) {
    this.statements = statements;
    this.routes = routes;
    this.lines = lines;
    this.receipts = receipts;
  }

  /**
   * A landing's row.
   *
   * @param number of the row
   * @param line number of its line, or null
   * @param landing the landing
   * @param state how far it is
   * @param isReady whether it can be claimed
   * @param due when it is tried next, or null
   * @param ended when it ended, or null
   * @param reason why it failed last, or null
   * @param remark why it was discarded, or null
   */
  record Row(
      long number,
      @Nullable Long line,
      Landing landing,
      LandingState state,
      boolean isReady,
      @Nullable Instant due,
      @Nullable Instant ended,
      @Nullable String reason,
      @Nullable String remark) {

    Row with(@Nullable String lineName, Map<String, Receipt> got) {
      return new Row(
          number,
          line,
          landing.inLine(lineName).after(landing.attempts(), got),
          state,
          isReady,
          due,
          ended,
          reason,
          remark);
    }
  }

  /** {@return the rows that a query finds which ends in a list of their numbers; in any order} */
  List<Row> list(String sql, List<Long> numbers) throws SQLException {
    List<Long> withReceipts = new ArrayList<>();
    List<Row> bare = statements.listIn(
        sql,
        row -> {
          if (row.getInt("receipts") > 0) {
            withReceipts.add(row.getLong("id"));
          }
          return read(row);
        },
        numbers);
    Map<Long, Map<String, Receipt>> got = receipts.of(withReceipts);
    Map<Long, String> names =
        lines.namesOf(bare.stream().map(Row::line).filter(Objects::nonNull).toList());
    return bare.stream()
        .map(row -> row.with(
            row.line == null ? null : names.get(row.line), got.getOrDefault(row.number, Map.of())))
        .toList();
  }

  private Row read(ResultSet row) throws SQLException {
    Long deadline = row.getLong("deadline") == NO_DEADLINE ? null : row.getLong("deadline");
    Landing landing = new Landing(
        new LandingId(new EventId(row.getString("event")), routes.nameOf(row.getLong("route"))),
        Instant.ofEpochMilli(row.getLong("recorded_at")),
        Instant.ofEpochMilli(row.getLong("opened_at")),
        time(deadline),
        facts(row),
        null,
        RawEvent.of(row.getBytes("body")),
        row.getInt("attempts"),
        Map.of());
    return new Row(
        row.getLong("id"),
        longOrNull(row, "line"),
        landing,
        STATES.get(row.getInt("state")),
        row.getInt("turn") == Lines.READY,
        time(longOrNull(row, "due")),
        time(longOrNull(row, "ended_at")),
        row.getString("reason"),
        row.getString("remark"));
  }

  private static EventFacts facts(ResultSet row) throws SQLException {
    boolean numbered = longOrNull(row, "stream") != null;
    return new EventFacts(
        row.getString("event_type"),
        row.getString("entity"),
        row.getString("legal_entity"),
        numbered ? longOrNull(row, "control_number") : null,
        Instant.ofEpochMilli(row.getLong("event_time")));
  }

  /** {@return a deadline as it is kept; none comes after all others} */
  static long deadline(@Nullable Instant time) {
    return time == null ? NO_DEADLINE : time.toEpochMilli();
  }

  /** {@return a control number as it is kept; none comes before all others} */
  static long controlNumber(@Nullable Long number) {
    return number == null ? NO_NUMBER : number;
  }

  /** {@return a state as it is kept} */
  static int state(LandingState state) {
    return STATES.indexOf(state);
  }

  static @Nullable Long longOrNull(ResultSet row, String column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : number;
  }

  private static @Nullable Instant time(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
