package dev.landfall;

import dev.landfall.json.EventReader;
import dev.landfall.json.EventWriter;
import dev.landfall.spi.DeadLetter;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.LandingQuery;
import dev.landfall.spi.LandingReport;
import dev.landfall.spi.Ledger;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

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

  private final Ledger ledger;
  private final Replayer replayer;
  private final Clock clock;
  private final EventReader reader = new EventReader();
  private final EventWriter writer = new EventWriter();

  LedgerAdmin(Ledger ledger, Collection<Route> routes, Clock clock, Predicate<LandingId> spooled) {
    this.ledger = ledger;
    this.replayer = new Replayer(ledger, routes, clock, spooled);
    this.clock = clock;
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
    return Replay.of(replayer, most -> List.of(id));
  }

  /**
   * Begins to replay all landings that a query finds.
   *
   * @param query which
   * @return what to say next
   */
  public Replay replay(LandingQuery query) {
    return Replay.of(
        replayer,
        most -> ledger.find(query, most).stream()
            .map(report -> report.landing().id())
            .toList());
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

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
