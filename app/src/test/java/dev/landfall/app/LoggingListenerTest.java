package dev.landfall.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.LoggingListener;
import dev.landfall.event.EventId;
import dev.landfall.event.RawEvent;
import dev.landfall.event.Reason;
import dev.landfall.spi.Arrival;
import dev.landfall.spi.Backlog;
import dev.landfall.spi.Delivery;
import dev.landfall.spi.EventFacts;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.Step;
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

  private static final Landing LANDING = Landing.first(
          new LandingId(new EventId("e-1"), "exports"),
          NOON.minusSeconds(60),
          new EventFacts("type", "Customers", "usmf", 7L, NOON),
          RawEvent.of(new byte[0]))
      .before(NOON.plusSeconds(90));
  private static final Step STEP = new Step(LANDING, NOON);
  private static final Delivery DELIVERY = new Delivery("webhook", NOON, RawEvent.of(new byte[0]));

  private void assertLogged(String... patterns) {
    List<String> lines = logged.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(patterns.length, lines.size(), lines.toString());
    for (int i = 0; i < patterns.length; i++) {
      assertTrue(lines.get(i).matches(patterns[i]), lines.get(i));
    }
  }

  @Test
  void deathsAreErrorsAndRetriesAreWarnings() {
    LoggingListener listener = new LoggingListener();
    listener.retrying(STEP, failure(Reason.SINK_UNAVAILABLE, "The database is down."), NOON);
    listener.died(STEP, failure(Reason.LINK_EXPIRED, "Export it again."));
    listener.unreadable(DELIVERY, failure(Reason.MALFORMED_EVENT, "It is no JSON."));
    listener.turnedAway(DELIVERY, failure(Reason.OVERLOADED, "Too much waits."));
    assertLogged(
        "WARN .*e-1 on exports failed and is tried again at 2030-01-01T12:00:00Z, its link lives"
            + " 90 s more: SINK_UNAVAILABLE. The database is down\\.",
        "ERROR .*e-1 on exports is a dead letter: LINK_EXPIRED. Export it again\\.",
        "ERROR .*from webhook is a dead letter: .*",
        "WARN .*from webhook was turned away: .*");
  }

  @Test
  void whatIsOutOfOrderOrHeldUpIsToldToo() {
    LoggingListener listener = new LoggingListener();
    listener.recorded(STEP, Arrival.LATE);
    listener.leaseLost(STEP);
    listener.sinkPaused("exports", "table t", failure(Reason.SINK_UNAVAILABLE, "Down."), NOON);
    listener.orphaned("gone", new Backlog.Waiting(3, NOON));
    listener.sourceLost("queue q", failure(Reason.SOURCE_UNAVAILABLE, "It does not answer."));
    assertLogged(
        "WARN .*e-1 on exports is LATE by its control number 7; it is landed all the same\\.",
        "WARN .*The lease of e-1 on exports ran out .*",
        "ERROR .*The sink table t of exports is left alone until 2030-01-01T12:00:00Z: .*Down\\.",
        "ERROR .*3 landings wait for the route gone, .*",
        "ERROR .*Nothing arrives from queue q until it is there again: .*It does not answer\\.");
  }
}
