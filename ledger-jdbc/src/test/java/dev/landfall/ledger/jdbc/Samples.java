package dev.landfall.ledger.jdbc;

import dev.landfall.event.EventId;
import dev.landfall.event.RawEvent;
import dev.landfall.spi.Claim;
import dev.landfall.spi.EventFacts;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.Ledger;
import dev.landfall.spi.Recorded;
import dev.landfall.spi.Settlement;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Landings to record, and short calls. */
final class Samples {

  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  static final String ROUTE = "orders";
  static final Set<String> ROUTES = Set.of(ROUTE);
  static final EventFacts FACTS = new EventFacts("ExportReady", "Customers", "usmf", null, NOON);

  private Samples() {}

  static Landing landing(String event) {
    return landing(event, "body of " + event);
  }

  static Landing landing(String event, String body) {
    return Landing.first(id(event), NOON, FACTS, bytes(body));
  }

  static LandingId id(String event) {
    return new LandingId(new EventId(event), ROUTE);
  }

  static RawEvent bytes(String body) {
    return RawEvent.of(body.getBytes(StandardCharsets.UTF_8));
  }

  static Settlement stored() {
    return new Settlement.Stored(Map.of(), bytes("bare"));
  }

  static List<Claim> claim(Ledger ledger, int most) {
    return ledger.claim(most, ROUTES, NOON, NOON.plusSeconds(60));
  }

  static List<Recorded> record(Ledger ledger, Landing... landings) throws Exception {
    return answer(ledger.record(List.of(landings)));
  }

  static <T> T answer(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  static String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }
}
