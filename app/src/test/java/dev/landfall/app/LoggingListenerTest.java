package dev.landfall.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.LoggingListener;
import dev.landfall.event.EventId;
import dev.landfall.event.Reason;
import dev.landfall.spi.Failure;
import dev.landfall.spi.LandingId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What needs somebody's eye is in the log of a service, with its name and its way out. */
class LoggingListenerTest {

  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

  private final PrintStream standardError = System.err;
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void giveBack() {
    System.setErr(standardError);
  }

  private static Failure failure(Reason reason, String message) {
    return new Failure(reason, message, NOON);
  }

  @Test
  void deathsAreErrorsAndRetriesAreWarnings() {
    LoggingListener listener = new LoggingListener();
    LandingId id = new LandingId(new EventId("e-1"), "exports");
    listener.retrying(id, failure(Reason.SINK_UNAVAILABLE, "The database is down."), NOON);
    listener.died(id, failure(Reason.LINK_EXPIRED, "Export it again."));
    listener.unreadable("webhook", failure(Reason.MALFORMED_EVENT, "It is no JSON."));
    listener.turnedAway("webhook", failure(Reason.OVERLOADED, "Too much waits."));
    List<String> lines = logged.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(4, lines.size(), lines.toString());
    assertTrue(
        lines
            .get(0)
            .matches("WARN .*e-1 on exports failed and is tried again at 2030-01-01T12:00:00Z:"
                + " SINK_UNAVAILABLE. The database is down\\."),
        lines.get(0));
    assertTrue(
        lines
            .get(1)
            .matches("ERROR .*e-1 on exports is a dead letter: LINK_EXPIRED. Export it again\\."),
        lines.get(1));
    assertTrue(lines.get(2).matches("ERROR .*from webhook is a dead letter: .*"), lines.get(2));
    assertTrue(lines.get(3).matches("WARN .*from webhook was turned away: .*"), lines.get(3));
  }
}
