package dev.landfall;

import dev.landfall.engine.Work;
import dev.landfall.event.BusinessEvent;
import dev.landfall.event.LandfallException;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import dev.landfall.json.EventReader;
import dev.landfall.spi.FileLocator;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.LandingReport;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Ledger;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Replays landings one by one, after a look at what would come of it. */
final class Replayer {

  private static final String WAY_OUT =
      "Export the entity again, if the export is incremental with a full push; or give the route a"
          + " locator that can ask for a fresh link.";

  private final Ledger ledger;
  private final Map<String, Route> routes;
  private final Clock clock;
  private final Predicate<LandingId> spooled;
  private final EventReader reader = new EventReader();

  Replayer(Ledger ledger, Collection<Route> routes, Clock clock, Predicate<LandingId> spooled) {
    this.ledger = ledger;
    this.routes = routes.stream().collect(Collectors.toMap(Route::name, Function.identity()));
    this.clock = clock;
    this.spooled = spooled;
  }

  /**
   * What a person wants of a replay.
   *
   * @param all whether every sink gets the file again
   * @param named those that get it again although they have it
   * @param regardless whether it is tried although its link is dead
   */
  record Wish(boolean all, Set<String> named, boolean regardless) {

    /** Which receipts are forgotten of those there are. */
    Set<String> forgotten(Set<String> receipts) {
      return receipts.stream()
          .filter(sink -> all || named.contains(sink))
          .collect(Collectors.toUnmodifiableSet());
    }
  }

  /** Replays one landing, or tells what would come of it. */
  Replayed replay(LandingId id, Wish wish, boolean inEarnest) {
    Optional<LandingReport> known = ledger.find(id);
    if (known.isEmpty()) {
      return new Replayed(id, Replayed.Outcome.NOT_FOUND, "The ledger does not know it.");
    }
    LandingReport report = known.get();
    Route route = routes.get(id.route());
    if (report.state() == LandingState.PENDING) {
      return new Replayed(id, Replayed.Outcome.PENDING, "It is on its way already.");
    }
    if (route == null) {
      return new Replayed(
          id,
          Replayed.Outcome.ROUTE_GONE,
          "There is no route %s, only %s.".formatted(id.route(), routes.keySet()));
    }
    Set<String> has = report.landing().receipts().keySet();
    Set<String> sinks = route.sinks();
    Set<String> forgotten = wish.forgotten(has);
    if (!sinks.containsAll(wish.named)) {
      return new Replayed(
          id,
          Replayed.Outcome.SINK_GONE,
          "The route has no sink %s, only %s.".formatted(wish.named, sinks));
    }
    if (!sinks.isEmpty() && forgotten.isEmpty() && has.containsAll(sinks)) {
      return new Replayed(
          id,
          Replayed.Outcome.NOTHING_TO_DO,
          "Every sink has it; name those that are to get it again.");
    }
    Link link = link(report, route);
    if (link.dead && !wish.regardless) {
      return new Replayed(id, Replayed.Outcome.LINK_EXPIRED, link.told);
    }
    if (inEarnest && !ledger.reopen(id, forgotten, link.expiry, now())) {
      return new Replayed(id, Replayed.Outcome.PENDING, "It is on its way already.");
    }
    return new Replayed(id, Replayed.Outcome.REPLAYED, link.told);
  }

  /** What is known of a file's link before it is followed. */
  private record Link(boolean dead, @Nullable Instant expiry, String told) {}

  private Link link(LandingReport report, Route route) {
    LandingId id = report.landing().id();
    if (!(route.plan().work() instanceof Work.Store store)) {
      return new Link(false, null, "Its handler is called.");
    }
    if (spooled.test(id)) {
      return new Link(
          false, report.landing().deadline(), "Its file waits in the spool; no link is needed.");
    }
    try {
      BusinessEvent event = reader.read(report.landing().body());
      FileLocator locator = store.locator();
      Link link = link(locator.locate(event));
      return link.dead
          ? locator
              .renew(event, FetchException.permanent(Reason.LINK_EXPIRED, link.told))
              .map(this::link)
              .filter(fresh -> !fresh.dead)
              .orElse(link)
          : link;
    } catch (LandfallException noLink) {
      return new Link(true, null, noLink.getMessage() + " " + WAY_OUT);
    }
  }

  private Link link(FileReference reference) {
    Instant expiry = reference.expiresAt().orElse(null);
    if (expiry == null) {
      return new Link(false, null, "Its link does not tell when it dies.");
    }
    return expiry.isAfter(now())
        ? new Link(false, expiry.truncatedTo(ChronoUnit.MILLIS), "Its link lives until " + expiry)
        : new Link(true, null, "Its link died at %s. %s".formatted(expiry, WAY_OUT));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
