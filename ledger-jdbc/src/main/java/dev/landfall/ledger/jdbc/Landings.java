package dev.landfall.ledger.jdbc;

import dev.landfall.event.EventId;
import dev.landfall.event.RawEvent;
import dev.landfall.event.Reason;
import dev.landfall.file.Receipt;
import dev.landfall.spi.Claim;
import dev.landfall.spi.DeadLetter;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Recorded;
import dev.landfall.spi.Settlement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The landings in the database; each method is one operation within a transaction. */
final class Landings {

  private final Statements statements;

  Landings(Statements statements) {
    this.statements = statements;
  }

  List<Recorded> record(List<Landing> landings) throws SQLException {
    List<Recorded> answers = new ArrayList<>();
    for (Landing landing : landings) {
      answers.add(record(landing));
    }
    return List.copyOf(answers);
  }

  private Recorded record(Landing landing) throws SQLException {
    LandingId id = landing.id();
    byte[] key = LandingKey.of(id);
    int inserted = statements.update(
        Sql.INSERT_LANDING,
        key,
        id.event().value(),
        id.route(),
        landing.recordedAt().toEpochMilli(),
        landing.linkExpiry().map(Instant::toEpochMilli).orElse(null),
        landing.attempts(),
        landing.body().toByteArray());
    if (inserted == 1 && landing.receipts().isEmpty()) {
      return new Recorded(id, true, LandingState.PENDING);
    }
    Known known = find(key);
    if (!known.id.equals(id)) {
      throw new IllegalStateException(
          "The landing %s has the same key as %s and cannot be recorded; give its route another name."
              .formatted(id, known.id));
    }
    if (inserted == 1) {
      putReceipts(known.number, landing.receipts());
    }
    return new Recorded(id, inserted == 1, known.state);
  }

  private record Known(long number, LandingId id, LandingState state) {}

  private Known find(byte[] key) throws SQLException {
    return statements
        .list(
            Sql.FIND_LANDING,
            row -> new Known(
                row.getLong("id"),
                id(row),
                switch (row.getString("state")) {
                  case "STORED" -> LandingState.STORED;
                  case "DEAD" -> LandingState.DEAD;
                  default -> LandingState.PENDING;
                }),
            key)
        .get(0);
  }

  boolean bury(RawEvent body, byte[] digest, Failure failure) throws SQLException {
    return statements.update(
            Sql.BURY_DELIVERY,
            digest,
            failure.reason().name(),
            failure.message(),
            failure.at().toEpochMilli(),
            body.toByteArray())
        == 1;
  }

  List<Claim> claim(int most, Instant now, Instant leasedUntil, String token) throws SQLException {
    statements.update(Sql.WAKE_DUE, now.toEpochMilli());
    List<Numbered> urgent = statements.list(
        Sql.MOST_URGENT, row -> new Numbered(row.getLong("id"), landing(row)), most);
    List<Claim> claims = new ArrayList<>();
    for (Numbered numbered : urgent) {
      statements.update(Sql.LEASE, leasedUntil.toEpochMilli(), token, numbered.number);
      claims.add(new Claim(withReceipts(numbered), token));
    }
    return List.copyOf(claims);
  }

  private record Numbered(long number, Landing landing) {}

  private static Landing landing(ResultSet row) throws SQLException {
    Long deadline = number(row, "deadline");
    return new Landing(
        id(row),
        Instant.ofEpochMilli(row.getLong("recorded_at")),
        deadline == null ? null : Instant.ofEpochMilli(deadline),
        RawEvent.of(row.getBytes("body")),
        row.getInt("attempts") + 1,
        Map.of());
  }

  private Landing withReceipts(Numbered numbered) throws SQLException {
    Map<String, Receipt> receipts = new HashMap<>();
    statements.list(
        Sql.FIND_RECEIPTS,
        row -> receipts.put(
            row.getString("sink"),
            new Receipt(row.getString("location"), row.getLong("length"), number(row, "records"))),
        numbered.number);
    Landing bare = numbered.landing;
    return new Landing(
        bare.id(), bare.recordedAt(), bare.deadline(), bare.body(), bare.attempts(), receipts);
  }

  boolean renew(Claim claim, Instant leasedUntil) throws SQLException {
    byte[] key = LandingKey.of(claim.landing().id());
    return statements.update(Sql.RENEW, leasedUntil.toEpochMilli(), key, claim.token()) == 1;
  }

  boolean settle(Claim claim, Settlement settlement) throws SQLException {
    byte[] key = LandingKey.of(claim.landing().id());
    List<Long> claimed =
        statements.list(Sql.FIND_CLAIMED, row -> row.getLong("id"), key, claim.token());
    if (claimed.isEmpty()) {
      return false;
    }
    long number = claimed.get(0);
    putReceipts(number, settlement.receipts());
    if (settlement instanceof Settlement.Retry retry) {
      Failure failure = retry.failure();
      statements.update(
          Sql.RETRY,
          retry.at().toEpochMilli(),
          failure.reason().name(),
          failure.message(),
          failure.at().toEpochMilli(),
          number);
    } else if (settlement instanceof Settlement.Dead dead) {
      Failure failure = dead.failure();
      statements.update(
          Sql.BURY_LANDING,
          failure.reason().name(),
          failure.message(),
          failure.at().toEpochMilli(),
          number);
    } else if (settlement instanceof Settlement.Released) {
      statements.update(Sql.RELEASE, number);
    } else {
      statements.update(Sql.STORE, number);
    }
    return true;
  }

  private void putReceipts(long number, Map<String, Receipt> receipts) throws SQLException {
    for (Map.Entry<String, Receipt> entry : receipts.entrySet()) {
      Receipt receipt = entry.getValue();
      statements.update(
          Sql.PUT_RECEIPT,
          number,
          entry.getKey(),
          receipt.location(),
          receipt.length(),
          receipt.recordCount());
    }
  }

  List<DeadLetter> deadLetters(int most) throws SQLException {
    return List.copyOf(statements.list(Sql.DEAD_LETTERS, Landings::deadLetter, most));
  }

  private static DeadLetter deadLetter(ResultSet row) throws SQLException {
    return new DeadLetter(
        row.getString("event") == null ? null : id(row),
        new Failure(
            reason(row.getString("reason")),
            row.getString("message"),
            Instant.ofEpochMilli(row.getLong("failed_at"))),
        row.getInt("attempts"),
        RawEvent.of(row.getBytes("body")));
  }

  /** A reason that a newer version wrote need not be known here; its message tells enough. */
  private static Reason reason(String name) {
    return Arrays.stream(Reason.values())
        .filter(known -> known.name().equals(name))
        .findFirst()
        .orElse(Reason.UNEXPECTED);
  }

  private static LandingId id(ResultSet row) throws SQLException {
    return new LandingId(new EventId(row.getString("event")), row.getString("route"));
  }

  private static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : number;
  }
}
