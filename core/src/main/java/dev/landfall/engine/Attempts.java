package dev.landfall.engine;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.LandfallException;
import dev.landfall.event.Reason;
import dev.landfall.file.Receipt;
import dev.landfall.json.EventReader;
import dev.landfall.spi.Claim;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one attempt at a claimed landing and settles it, whatever happens. */
final class Attempts {

  private static final Logger log = LoggerFactory.getLogger(Attempts.class);

  private final EngineSetup setup;
  private final Map<String, Plan> plans;
  private final EventReader reader;
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
    this.plans = setup.plans().stream().collect(Collectors.toMap(Plan::route, Function.identity()));
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
    try {
      BusinessEvent event = reader.read(landing.body());
      lander.land(landing.id(), workOf(landing.id()), event, receipts);
      stored(claim, event, new Settlement.Stored(receipts));
    } catch (InterruptedException closing) {
      settle(claim, new Settlement.Released(receipts));
    } catch (LandfallException failure) {
      failed(claim, receipts, failure);
    } catch (Throwable unexpected) {
      log.error("An attempt at {} failed unexpectedly.", landing.id(), Redacted.of(unexpected));
      failed(
          claim,
          receipts,
          new ForeignException(Reason.UNEXPECTED, "Something unexpected happened", unexpected));
    }
  }

  private Work workOf(LandingId id) {
    Plan plan = plans.get(id.route());
    if (plan == null) {
      throw new RouteGoneException(id.route(), plans.keySet());
    }
    return plan.work();
  }

  private void stored(Claim claim, BusinessEvent event, Settlement.Stored settlement) {
    if (settle(claim, settlement)) {
      Landing before = claim.landing();
      Landing landed = new Landing(
          before.id(),
          before.recordedAt(),
          before.deadline(),
          before.body(),
          before.attempts(),
          settlement.receipts());
      Duration took = Duration.between(before.recordedAt(), setup.clock().instant());
      spool.release(before.id());
      custody.landed(before.id());
      listeners.tell(listener -> listener.landed(landed, event, took));
    }
  }

  private void failed(Claim claim, Map<String, Receipt> receipts, LandfallException thrown) {
    Landing landing = claim.landing();
    Instant now = setup.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    Failure failure = Failure.of(thrown, now);
    Optional<Instant> next = thrown.retryable()
        ? setup
            .retry()
            .nextTry(
                landing.attempts(),
                landing.recordedAt(),
                now,
                ThreadLocalRandom.current().nextDouble())
        : Optional.<Instant>empty();
    if (next.isPresent()) {
      if (settle(claim, new Settlement.Retry(receipts, failure, next.get()))) {
        listeners.tell(listener -> listener.retrying(landing.id(), failure, next.get()));
      }
    } else if (settle(claim, new Settlement.Dead(receipts, failure))) {
      custody.died(landing.id(), failure);
      listeners.tell(listener -> listener.died(landing.id(), failure));
    }
  }

  /** A settlement that is not written leaves the lease to run out; the next attempt repeats. */
  private boolean settle(Claim claim, Settlement settlement) {
    try {
      boolean ours = setup.ledger().settle(claim, settlement);
      if (!ours) {
        log.warn(
            "The lease of {} ran out while it was worked on; another has it.",
            claim.landing().id());
      }
      return ours;
    } catch (LandfallException e) {
      log.error(
          "The end of {} could not be recorded, it will be tried again: {}",
          claim.landing().id(),
          e.getMessage());
      return false;
    }
  }
}
