package dev.landfall.engine;

import dev.landfall.spi.Backlog;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.LandingReport;
import dev.landfall.spi.LandingState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Counts what is pending, asks for what others have landed, forgets what is long over, and frees
 * its space.
 */
final class Upkeep implements AutoCloseable {

  private static final Duration COUNT_EVERY = Duration.ofSeconds(5);
  private static final Duration ASK_EVERY = Duration.ofSeconds(30);
  private static final Duration TIDY_EVERY = Duration.ofMinutes(1);
  /** Few enough that nobody has to wait for it. */
  private static final int PURGED_AT_ONCE = 500;

  private final EngineSetup setup;
  private final Spool spool;
  private final Gate gate;
  private final Listeners listeners;
  private final Set<String> routes;
  private final Set<String> orphaned = new HashSet<>();
  private final Rhythm counting;
  private final Rhythm asking;
  private final Rhythm tidying;
  private volatile boolean closing;

  Upkeep(EngineSetup setup, Spool spool, Gate gate, Custody custody, Listeners listeners) {
    this.setup = setup;
    this.spool = spool;
    this.gate = gate;
    this.listeners = listeners;
    this.routes = setup.plans().stream().map(Plan::route).collect(Collectors.toSet());
    this.counting =
        new Rhythm(setup.scheduler(), COUNT_EVERY, "Counting what is pending", this::count);
    this.asking = new Rhythm(
        setup.scheduler(),
        ASK_EVERY,
        "Asking for what others have landed",
        () -> custody.askFor(setup.ledger()));
    this.tidying = new Rhythm(setup.scheduler(), TIDY_EVERY, "Forgetting what is over", this::tidy);
  }

  void start() {
    counting.start();
    asking.start();
    tidying.start();
  }

  private void count() {
    Backlog backlog = setup.ledger().backlog();
    gate.counted(backlog.pending());
    Instant now = setup.clock().instant();
    listeners.tell(listener -> listener.backlog(backlog, now));
    backlog.routes().forEach((route, waiting) -> {
      if (!routes.contains(route) && orphaned.add(route)) {
        listeners.tell(listener -> listener.orphaned(route, waiting));
      }
    });
  }

  private void tidy() {
    Instant before =
        setup.clock().instant().minus(setup.limits().retention()).truncatedTo(ChronoUnit.MILLIS);
    int forgotten;
    do {
      forgotten = setup.ledger().purge(before, PURGED_AT_ONCE);
    } while (forgotten == PURGED_AT_ONCE && !closing);
    spool.sweep(this::isOver);
  }

  private boolean isOver(LandingId id) {
    Optional<LandingState> state = setup.ledger().find(id).map(LandingReport::state);
    return state.isEmpty()
        || state.get() == LandingState.STORED
        || state.get() == LandingState.DISCARDED;
  }

  @Override
  public void close() {
    closing = true;
    counting.stop();
    asking.stop();
    tidying.stop();
  }
}
