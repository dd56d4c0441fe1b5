package dev.landfall.engine;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.LandfallException;
import dev.landfall.event.Reason;
import dev.landfall.file.Receipt;
import dev.landfall.json.EventReader;
import dev.landfall.json.EventWriter;
import dev.landfall.spi.Claim;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.Settlement;
import dev.landfall.spi.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one attempt at a claimed landing and settles it, whatever happens. */
final class Attempts {

  private static final Logger log = LoggerFactory.getLogger(Attempts.class);
  private static final Duration NOTICEABLE = Duration.ofSeconds(2);

  private final EngineSetup setup;
  private final Map<String, Work> works;
  private final EventReader reader;
  private final EventWriter writer = new EventWriter();
  private final Lander lander;
  private final Spool spool;
  private final Listeners listeners;
  private final Custody custody;

  Attempts(
      EngineSetup setup,
      EventReader reader,
      Lander lander,
      Spool spool,
      Listeners listeners,
      Custody custody) {
    this.setup = setup;
    this.works = setup.plans().stream().collect(Collectors.toMap(Plan::route, Plan::work));
    this.reader = reader;
    this.lander = lander;
    this.spool = spool;
    this.listeners = listeners;
    this.custody = custody;
  }

  /** Works on the landing as far as it gets, on the calling thread; never throws. */
  void make(Claim claim) {
    Landing landing = claim.landing();
    Map<String, Receipt> receipts = new LinkedHashMap<>(landing.receipts());
    Step begin = new Step(landing, now());
    listeners.tell(listener -> listener.claimed(begin));
    try (Place place = spool.place(landing.id())) {
      End end = attempt(landing, place, receipts);
      if (!(end.settlement instanceof Settlement.Stored)) {
        place.secure();
      }
      settle(claim, end, place);
    }
  }

  /** How an attempt ended, and its event if it could be read. */
  private record End(Settlement settlement, @Nullable BusinessEvent event) {}

  private End attempt(Landing landing, Place place, Map<String, Receipt> receipts) {
    try {
      BusinessEvent event = reader.read(landing.body());
      lander.land(landing, workOf(landing), event, place, receipts);
      return new End(
          new Settlement.Stored(receipts, writer.withoutSecrets(place.digested(event))), event);
    } catch (InterruptedException closing) {
      return new End(new Settlement.Released(receipts), null);
    } catch (LandfallException failure) {
      return failed(landing, receipts, failure);
    } catch (Throwable unexpected) {
      log.error("An attempt at {} failed unexpectedly.", landing.id(), Redacted.of(unexpected));
      return failed(
          landing,
          receipts,
          new ForeignException(Reason.UNEXPECTED, "Something unexpected happened", unexpected));
    }
  }

  private Work workOf(Landing landing) {
    return Objects.requireNonNull(
        works.get(landing.id().route()), "only landings of own routes are claimed");
  }

  private End failed(Landing landing, Map<String, Receipt> receipts, LandfallException thrown) {
    Instant now = now();
    Failure failure = Failure.of(thrown, now);
    Settlement settlement = Optional.of(thrown)
        .filter(LandfallException::retryable)
        .flatMap(passing -> nextTry(landing, passing.retryAfter(), now))
        .<Settlement>map(next -> new Settlement.Retry(receipts, failure, next))
        .orElseGet(() -> new Settlement.Dead(receipts, failure));
    return new End(settlement, null);
  }

  private Optional<Instant> nextTry(Landing landing, Duration asked, Instant now) {
    return setup
        .retry()
        .nextTry(
            landing.attempts(), landing.openedAt(), now, asked, setup.chance().nextDouble())
        .map(next -> beforeTheLinkDies(landing, now, next));
  }

  /** A wait that outlives the link is cut, as long as that leaves time for another try. */
  private static Instant beforeTheLinkDies(Landing landing, Instant now, Instant next) {
    return landing
        .linkExpiry()
        .filter(expiry -> !next.isBefore(expiry))
        .map(expiry -> Duration.between(now, expiry))
        .filter(left -> left.compareTo(NOTICEABLE) > 0)
        .map(left -> now.plusMillis(left.toMillis() / 2))
        .orElse(next);
  }

  /**
   * A settlement that is not written leaves the lease to run out; the next attempt repeats, for
   * which the file must stay even if every sink has it.
   */
  private void settle(Claim claim, End end, Place place) {
    Landing landing = claim.landing();
    try {
      if (setup.ledger().settle(claim, end.settlement, now())) {
        place.close();
        if (end.settlement instanceof Settlement.Stored) {
          place.release();
        }
        tell(landing, end);
      } else {
        Step step = new Step(landing, now());
        listeners.tell(listener -> listener.leaseLost(step));
      }
    } catch (RuntimeException e) {
      place.secure();
      log.error(
          "The end of {} could not be recorded, it will be tried again: {}",
          landing.id(),
          Redacted.text(e));
    }
  }

  private void tell(Landing claimed, End end) {
    Settlement settlement = end.settlement;
    Landing landing = claimed.after(claimed.attempts(), settlement.receipts());
    Step step = new Step(landing, now());
    BusinessEvent event = end.event;
    if (event != null) {
      custody.landed(landing.id());
      listeners.tell(listener -> listener.landed(step, event));
    } else if (settlement instanceof Settlement.Retry retry) {
      listeners.tell(listener -> listener.retrying(step, retry.failure(), retry.at()));
    } else if (settlement instanceof Settlement.Dead dead) {
      custody.died(landing.id(), dead.failure());
      listeners.tell(listener -> listener.died(step, dead.failure()));
    } else {
      listeners.tell(listener -> listener.released(step));
    }
  }

  private Instant now() {
    return setup.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
