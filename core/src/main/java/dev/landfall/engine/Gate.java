package dev.landfall.engine;

import dev.landfall.event.Reason;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides whether deliveries may come in: not while the intake is paused, and not while more is
 * pending than the ledger may hold.
 *
 * <p>What is pending is counted every few seconds; in between, what comes in here is added, so that
 * the bound holds for one instance and about for several.
 */
final class Gate {

  private final long mostPending;
  private final AtomicLong pending = new AtomicLong();
  private volatile boolean paused;

  Gate(long mostPending) {
    this.mostPending = mostPending;
  }

  /**
   * Lets a delivery in.
   *
   * @throws TurnedAwayException if it has to come again later
   */
  void check() {
    if (paused) {
      throw new TurnedAwayException(
          Reason.INTAKE_PAUSED, "The intake is paused; Pipeline.resumeIntake opens it again.");
    }
    long waiting = pending.get();
    if (waiting >= mostPending) {
      throw new TurnedAwayException(
          Reason.OVERLOADED,
          "At most %d landings may be pending, and %d are; let the sinks catch up, or allow more with Pipeline.backlogLimit."
              .formatted(mostPending, waiting));
    }
  }

  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
  }

  /** A landing has come in. */
  void recorded() {
    pending.incrementAndGet();
  }

  /** Everything was counted. */
  void counted(long all) {
    pending.set(all);
  }
}
