package dev.landfall;

import dev.landfall.engine.Work;
import dev.landfall.event.BusinessEvent;
import dev.landfall.event.LandfallException;
import dev.landfall.json.EventReader;
import dev.landfall.json.EventWriter;
import dev.landfall.spi.DeadLetter;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.LandingQuery;
import dev.landfall.spi.LandingReport;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Ledger;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds landings, shows them, and does with them what a person decides.
 *
 * <pre>{@code
 * LedgerAdmin admin = pipeline.admin();
 * LandingQuery broken = LandingQuery.dead().on("customer-groups").because(Reason.SINK_REJECTED);
 * admin.replay(broken).run(100).forEach(System.out::println);
 * }</pre>
 *
 * <p>Of a running pipeline it comes from {@link Pipeline#admin}; a tool of its own opens one on a
 * shared ledger with {@link #of}. For any number of threads. What it prints holds no signature: the
 * bytes of an event are handed out, never printed. Each call throws a
 * {@link dev.landfall.spi.LedgerException} if the ledger cannot be asked.
 */
public final class LedgerAdmin {

  private static final String WAY_OUT =
      "Export the entity again, if the export is incremental with a full push; or give the route a"
          + " locator that can ask for a fresh link.";

  private final Ledger ledger;
  private final Map<String, Route> routes;
  private final Clock clock;
  private final Predicate<LandingId> spooled;
  private final EventReader reader = new EventReader();
  private final EventWriter writer = new EventWriter();

  LedgerAdmin(Ledger ledger, Collection<Route> routes, Clock clock, Predicate<LandingId> spooled) {
    this.ledger = ledger;
    this.routes = routes.stream().collect(Collectors.toMap(Route::name, Function.identity()));
    this.clock = clock;
    this.spooled = spooled;
  }

  /**
   * {@return an admin beside the pipelines that share a ledger} It does not see their spools, so a
   * replay does not know of files that wait there.
   *
   * @param ledger stays the caller's to close
   * @param routes as the pipelines have them; their locators are asked for fresh links
   * @param clock the time
   */
  public static LedgerAdmin of(Ledger ledger, Collection<Route> routes, Clock clock) {
    return new LedgerAdmin(ledger, routes, clock, landing -> false);
  }

  /**
   * {@return landings, the latest recorded first}
   *
   * @param query which
   * @param most how many, at least 1
   */
  public List<LandingReport> find(LandingQuery query, int most) {
    return ledger.find(query, most);
  }

  /**
   * {@return all that is known of one landing, with its attempts; empty if it is not known}
   *
   * @param id which
   */
  public Optional<LandingReport> show(LandingId id) {
    return ledger.find(id);
  }

  /**
   * {@return what needs a person, the latest failure first: dead landings, and deliveries that are
   * no events}
   *
   * @param most how many, at least 1
   */
  public List<DeadLetter> deadLetters(int most) {
    return ledger.deadLetters(most);
  }

  /**
   * Begins to replay one landing.
   *
   * @param id which
   * @return what to say next
   */
  public Replay replay(LandingId id) {
    return new Replay(this, most -> List.of(id), Replay.Sinks.UNFINISHED, Set.of(), false);
  }

  /**
   * Begins to replay all landings that a query finds.
   *
   * @param query which
   * @return what to say next
   */
  public Replay replay(LandingQuery query) {
    return new Replay(
        this,
        most -> ledger.find(query, most).stream()
            .map(report -> report.landing().id())
            .toList(),
        Replay.Sinks.UNFINISHED,
        Set.of(),
        false);
  }

  /**
   * Decides that a pending or dead landing is not to be landed.
   *
   * @param id which
   * @param remark why, for whoever asks later; free of secrets, not blank
   * @return false if it is not known, is stored, or was discarded before
   * @throws IllegalArgumentException if the remark is blank
   */
  public boolean discard(LandingId id, String remark) {
    if (remark.isBlank()) {
      throw new IllegalArgumentException(
          "Whoever discards a landing says why; the remark for %s is blank.".formatted(id));
    }
    return ledger
        .find(id)
        .filter(report -> ledger.discard(
            id, remark, writer.withoutSecrets(reader.read(report.landing().body())), now()))
        .isPresent();
  }

  /**
   * Discards a dead letter, also one that is no event, which is forgotten.
   *
   * @param letter as it was listed
   * @param remark why; not blank
   * @return false if it is not there any more
   * @throws IllegalArgumentException if the remark is blank
   */
  public boolean discard(DeadLetter letter, String remark) {
    return letter
        .landing()
        .map(id -> discard(id, remark))
        .orElseGet(() -> ledger.exhume(letter.body()));
  }

  /** Replays one landing, or tells what would come of it. */
  Replayed replay(LandingId id, Replay how, boolean inEarnest) {
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
    Set<String> forgotten = how.forgotten(has);
    if (!sinks.containsAll(how.named())) {
      return new Replayed(
          id,
          Replayed.Outcome.SINK_GONE,
          "The route has no sink %s, only %s.".formatted(how.named(), sinks));
    }
    if (!sinks.isEmpty() && forgotten.isEmpty() && has.containsAll(sinks)) {
      return new Replayed(
          id,
          Replayed.Outcome.NOTHING_TO_DO,
          "Every sink has it; name those that are to get it again.");
    }
    Link link = link(report, route);
    if (link.dead && !how.regardless()) {
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
      Instant expiry = store.locator().locate(event).expiresAt().orElse(null);
      if (expiry == null) {
        return new Link(false, null, "Its link does not tell when it dies.");
      }
      Instant now = now();
      return expiry.isAfter(now)
          ? new Link(false, expiry.truncatedTo(ChronoUnit.MILLIS), "Its link lives until " + expiry)
          : new Link(true, null, "Its link died at %s. %s".formatted(expiry, WAY_OUT));
    } catch (LandfallException noLink) {
      return new Link(true, null, noLink.getMessage() + " " + WAY_OUT);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
