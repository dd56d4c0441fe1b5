package dev.landfall.engine;

import dev.landfall.spi.Claim;
import dev.landfall.spi.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims due landings as workers become free, hands them out, and renews their leases.
 *
 * <p>It is woken when work arrives or ends, and looks by itself for what has become due or was left
 * behind by an instance that died. It holds up to twice as many claims as there are workers, so
 * that many are claimed at once and no worker waits for the ledger.
 */
final class Dispatcher implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  private final EngineSetup setup;
  private final Scheduler scheduler;
  private final Consumer<Claim> attempt;
  private final Set<String> routes = ConcurrentHashMap.newKeySet();
  private final Set<Claim> held = ConcurrentHashMap.newKeySet();
  private final AtomicInteger wakes = new AtomicInteger();
  private final Rhythm looking;
  private final Rhythm renewing;
  private volatile boolean ledgerDown;
  private volatile boolean closing;

  Dispatcher(EngineSetup setup, Consumer<Claim> attempt) {
    this.setup = setup;
    this.scheduler = setup.scheduler();
    this.attempt = attempt;
    setup.plans().forEach(plan -> routes.add(plan.route()));
    this.looking = new Rhythm(scheduler, LOOK_AGAIN, "Looking for work", this::wake);
    this.renewing = new Rhythm(
        scheduler, setup.limits().lease().dividedBy(3), "Renewing leases", this::renewAll);
  }

  void start() {
    looking.start();
    renewing.start();
  }

  /** Claims nothing of a route until it is resumed. */
  void pause(String route) {
    routes.remove(route);
  }

  void resume(String route) {
    routes.add(route);
    wake();
  }

  /** Work has arrived, or a worker is free. Claims are asked for by one thread at a time. */
  void wake() {
    if (hasRoom() && wakes.getAndIncrement() == 0) {
      scheduler.after(Duration.ZERO, this::claimUntilAsleep);
    }
  }

  private void claimUntilAsleep() {
    int heard = wakes.get();
    try {
      claimWhatIsDue();
    } finally {
      if (wakes.addAndGet(-heard) > 0) {
        scheduler.after(Duration.ZERO, this::claimUntilAsleep);
      }
    }
  }

  private void claimWhatIsDue() {
    if (hasRoom()) {
      for (Claim claim : claim(free())) {
        held.add(claim);
        scheduler.execute(() -> work(claim));
      }
    }
  }

  /** Asking for fewer than there are workers would ask the ledger for every landing. */
  private boolean hasRoom() {
    return !closing && !routes.isEmpty() && free() >= setup.limits().workers();
  }

  private int free() {
    return 2 * setup.limits().workers() - held.size();
  }

  private List<Claim> claim(int most) {
    Set<String> active = Set.copyOf(routes);
    if (active.isEmpty()) {
      return List.of();
    }
    try {
      Instant now = now();
      List<Claim> claims =
          setup.ledger().claim(most, active, now, now.plus(setup.limits().lease()));
      if (ledgerDown) {
        log.info("The ledger can be asked for work again.");
        ledgerDown = false;
      }
      return claims;
    } catch (RuntimeException e) {
      if (!ledgerDown) {
        log.error(
            "The ledger cannot be asked for work now; it is asked again and again: {}",
            Redacted.text(e));
        ledgerDown = true;
      }
      return List.of();
    }
  }

  private void work(Claim claim) {
    try {
      if (closing) {
        setup.ledger().settle(claim, new Settlement.Released(Map.of()), now());
      } else {
        attempt.accept(claim);
      }
    } catch (RuntimeException e) {
      log.warn("{} is free again when its lease runs out.", claim.landing().id(), Redacted.of(e));
    } finally {
      held.remove(claim);
      wake();
    }
  }

  private void renewAll() {
    for (Claim claim : held) {
      try {
        setup.ledger().renew(claim, now().plus(setup.limits().lease()));
      } catch (RuntimeException e) {
        log.warn("The lease of {} could not be renewed.", claim.landing().id(), Redacted.of(e));
      }
    }
  }

  private Instant now() {
    return setup.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Claims nothing more, waits for what is under way as long as the setup says, then interrupts it;
   * what is interrupted goes back to the ledger.
   */
  @Override
  public void close() {
    closing = true;
    looking.stop();
    scheduler.close(setup.limits().drain());
    renewing.stop();
  }
}
