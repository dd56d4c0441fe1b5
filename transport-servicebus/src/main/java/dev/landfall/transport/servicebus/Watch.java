package dev.landfall.transport.servicebus;

import dev.landfall.event.Reason;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Receiver;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sees that messages come: replaces an inflow that is lost, and one to which nothing comes while
 * something waits at the broker.
 *
 * <p>The vendor's client mends lost connections by itself, mostly. What it does not mend shows only
 * in this: silence. A look at the entity tells silence from there being nothing. What other
 * instances have under way looks as if it waited, so each look in vain is followed by a longer
 * pause.
 */
final class Watch {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofSeconds(30);
  private static final int MOST_PATIENCE = 16;

  private final String source;
  private final Supplier<Inflow> inflows;
  private final Receiver receiver;
  private final Duration stalledAfter;
  private final Clock clock;
  private final ScheduledExecutorService clockwork;
  private Inflow current;
  private Duration pause = FIRST_PAUSE;
  private int patience = 1;
  private boolean closed;
  private volatile boolean ready = true;

  Watch(
      String source,
      Inflow first,
      Supplier<Inflow> inflows,
      Receiver receiver,
      Settings settings,
      ScheduledExecutorService clockwork) {
    this.source = source;
    this.current = first;
    this.inflows = inflows;
    this.receiver = receiver;
    this.stalledAfter = settings.stalledAfter();
    this.clock = settings.clock();
    this.clockwork = clockwork;
  }

  /** Begins to watch the first inflow, which is started already. */
  void start() {
    follow(current);
    long tick = stalledAfter.toMillis() / 2;
    var unused = clockwork.scheduleWithFixedDelay(this::look, tick, tick, TimeUnit.MILLISECONDS);
  }

  /** {@return whether messages come, as far as is known} */
  boolean isReady() {
    return ready;
  }

  private void follow(Inflow inflow) {
    var unused = inflow
        .lost()
        .thenAccept(
            failure -> replace(inflow, "The broker ended it, or could not be reached.", failure));
  }

  private void look() {
    Inflow looked;
    synchronized (this) {
      looked = current;
      if (closed || !ready || !isQuiet(looked)) {
        return;
      }
    }
    var unused = looked
        .leftWaiting()
        .timeout(LOOK)
        .subscribe(
            message -> stalled(looked),
            failure -> replace(looked, "The broker does not answer.", failure));
  }

  private synchronized boolean isQuiet(Inflow inflow) {
    if (!inflow.isQuiet(stalledAfter)) {
      patience = 1;
      return false;
    }
    return inflow.isQuiet(stalledAfter.multipliedBy(patience));
  }

  private void stalled(Inflow looked) {
    synchronized (this) {
      if (!isQuiet(looked)) {
        return;
      }
      patience = Math.min(2 * patience, MOST_PATIENCE);
    }
    replace(looked, "Nothing came for %s though something waits.".formatted(stalledAfter), null);
  }

  /** Lets go of an inflow, unless it is not the current one any more, and opens another. */
  void replace(Inflow inflow, String why, @Nullable Throwable cause) {
    Duration wait;
    boolean news;
    synchronized (this) {
      if (closed || inflow != current) {
        return;
      }
      news = ready;
      ready = false;
      wait = pause;
      pause =
          pause.compareTo(LONGEST_PAUSE.dividedBy(2)) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }
    if (news) {
      receiver.lost(source, failure(why, cause));
    }
    try {
      // Not on this thread, which may be one of the client that is to be closed.
      clockwork.execute(inflow::close);
      var unused = clockwork.schedule(() -> open(inflow), wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closedMeanwhile) {
      inflow.close();
    }
  }

  /** What the client says is left out: it may quote a signature. */
  private Failure failure(String why, @Nullable Throwable cause) {
    return new Failure(
        Reason.SOURCE_UNAVAILABLE,
        "%s Its connection is made anew%s"
            .formatted(why, cause == null ? "." : " (" + cause.getClass().getSimpleName() + ")."),
        clock.instant());
  }

  private void open(Inflow replaced) {
    Inflow next;
    synchronized (this) {
      if (closed || replaced != current) {
        return;
      }
      next = inflows.get();
      current = next;
    }
    next.start();
    follow(next);
    var unused = next.probe()
        .timeout(LOOK)
        .subscribe(
            nothing -> {},
            failure -> replace(next, "The broker does not answer.", failure),
            () -> proven(next));
  }

  private void proven(Inflow inflow) {
    synchronized (this) {
      if (closed || inflow != current || inflow.lost().isDone()) {
        return;
      }
      ready = true;
      pause = FIRST_PAUSE;
    }
    receiver.restored(source);
  }

  /** {@return the inflow that is left} */
  synchronized Inflow close() {
    closed = true;
    ready = false;
    return current;
  }
}
