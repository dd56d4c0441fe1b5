package dev.landfall.transport.servicebus;

import dev.landfall.event.Reason;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Receiver;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * Sees that messages come: replaces an inflow that is lost, and one to which nothing comes while
 * something waits at the broker.
 *
 * <p>The vendor's client mends lost connections by itself, mostly. What it does not mend shows only
 * in this: silence. A look at the entity tells silence from there being nothing. What other
 * instances have under way looks as if it waited, so each replacement that brings nothing is
 * followed by a longer pause.
 */
final class Watch {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofSeconds(30);
  static final String SILENT = "The broker does not answer.";
  private static final int MOST_PATIENCE = 16;

  private final Entity entity;
  private final Supplier<Inflow> inflows;
  private final Receiver receiver;
  private final Settings settings;
  private final Clockwork clockwork;
  private Inflow current;
  private Duration pause = FIRST_PAUSE;
  private int patience = 1;
  private long openedAt = System.nanoTime();
  private boolean looking;
  private boolean closed;
  private volatile boolean ready = true;

  Watch(
      Entity entity,
      Inflow first,
      Supplier<Inflow> inflows,
      Receiver receiver,
      Settings settings,
      Clockwork clockwork) {
    this.entity = entity;
    this.current = first;
    this.inflows = inflows;
    this.receiver = receiver;
    this.settings = settings;
    this.clockwork = clockwork;
  }

  /** Begins to watch the first inflow, which is started already. */
  void start() {
    follow(current);
    var unused = clockwork.every(settings.stalledAfter().dividedBy(2), this::look);
  }

  /** {@return whether messages come, as far as is known} */
  boolean isReady() {
    return ready;
  }

  private void follow(Inflow inflow) {
    var unused = inflow
        .lost()
        .thenAccept(
            failure -> replace(inflow, "The broker ended it, or cannot be reached.", failure));
  }

  private void look() {
    Inflow looked;
    synchronized (this) {
      looked = current;
      if (closed || !ready || looking || !isQuiet(looked)) {
        return;
      }
      looking = true;
    }
    var unused = looked
        .leftWaiting()
        .timeout(LOOK)
        .doFinally(end -> looked())
        .subscribe(message -> stalled(looked), failure -> silent(looked, failure));
  }

  private synchronized void looked() {
    looking = false;
  }

  /** A link that has not brought anything yet does not prove that the last one was to blame. */
  private synchronized boolean isQuiet(Inflow inflow) {
    if (inflow.isQuiet(settings.stalledAfter())) {
      return inflow.isQuiet(settings.stalledAfter().multipliedBy(patience));
    }
    if (inflow.opened().isDone()) {
      patience = 1;
    }
    return false;
  }

  private void stalled(Inflow looked) {
    synchronized (this) {
      if (!isQuiet(looked)) {
        return;
      }
      patience = Math.min(2 * patience, MOST_PATIENCE);
    }
    replace(
        looked,
        "Nothing came for %s though something waits.".formatted(settings.stalledAfter()),
        null);
  }

  private void silent(Inflow looked, Throwable failure) {
    if (isQuiet(looked)) {
      replace(looked, SILENT, failure);
    }
  }

  /** Lets go of an inflow, unless it is not the current one any more, and opens another. */
  void replace(Inflow inflow, String why, @Nullable Throwable cause) {
    synchronized (this) {
      if (closed || inflow != current) {
        return;
      }
      if (System.nanoTime() - openedAt > LONGEST_PAUSE.toNanos()) {
        pause = FIRST_PAUSE;
      }
      later(pause, () -> open(inflow));
      pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
          ? pause.multipliedBy(2)
          : LONGEST_PAUSE;
      if (ready) {
        ready = false;
        Failure failure = failure(why, cause);
        later(Duration.ZERO, () -> receiver.lost(entity.toString(), failure));
      }
    }
    var unused = Schedulers.boundedElastic().schedule(inflow::close);
  }

  private void later(Duration wait, Runnable step) {
    var unused = clockwork.later(wait, step);
  }

  /** What the client says is left out: it may quote a signature. */
  private Failure failure(String why, @Nullable Throwable cause) {
    String known = cause == null
        ? why
        : Failures.toMend(entity, settings.hasSessions(), cause)
            .map(Throwable::getMessage)
            .orElse("%s (%s)".formatted(why, cause.getClass().getSimpleName()));
    return new Failure(
        Reason.SOURCE_UNAVAILABLE,
        known + " Its connection is made anew.",
        settings.clock().instant());
  }

  private void open(Inflow replaced) {
    Inflow next;
    synchronized (this) {
      if (closed || replaced != current) {
        return;
      }
      try {
        next = inflows.get();
      } catch (RuntimeException | Error impossible) {
        replace(replaced, "It cannot be opened.", impossible);
        return;
      }
      current = next;
      openedAt = System.nanoTime();
    }
    follow(next);
    try {
      next.start();
      var unused = next.probe()
          .timeout(LOOK)
          .subscribe(
              nothing -> {},
              failure -> replace(next, SILENT, failure),
              () -> later(FIRST_PAUSE, () -> proven(next)));
    } catch (RuntimeException | Error impossible) {
      replace(next, "It cannot be opened.", impossible);
    }
  }

  /** A link that is refused has told so by now. */
  private synchronized void proven(Inflow inflow) {
    if (closed || inflow != current || inflow.lost().isDone()) {
      return;
    }
    ready = true;
    later(Duration.ZERO, () -> receiver.restored(entity.toString()));
  }

  /** {@return the inflow that is left} */
  synchronized Inflow close() {
    closed = true;
    ready = false;
    return current;
  }
}
