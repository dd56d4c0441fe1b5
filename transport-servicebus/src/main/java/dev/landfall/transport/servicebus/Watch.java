package dev.landfall.transport.servicebus;

import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees that messages come: replaces a reception that is lost, and one to which nothing comes while
 * the broker has something for it.
 *
 * <p>The client mends lost connections by itself, mostly. What it does not mend shows only in this:
 * silence. A look at the queue tells silence from an empty queue.
 */
final class Watch {

  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofSeconds(30);

  private final String source;
  private final Supplier<Reception> receptions;
  private final Duration stalledAfter;
  private final ScheduledExecutorService clockwork;
  private Reception current;
  private Duration pause = FIRST_PAUSE;
  private boolean closed;
  private volatile boolean ready = true;

  Watch(
      String source,
      Reception first,
      Supplier<Reception> receptions,
      Duration stalledAfter,
      ScheduledExecutorService clockwork) {
    this.source = source;
    this.current = first;
    this.receptions = receptions;
    this.stalledAfter = stalledAfter;
    this.clockwork = clockwork;
  }

  void start() {
    follow(current);
    long tick = Math.max(stalledAfter.toMillis() / 2, 1);
    var unused = clockwork.scheduleWithFixedDelay(this::look, tick, tick, TimeUnit.MILLISECONDS);
  }

  /** {@return whether messages come, as far as is known} */
  boolean isReady() {
    return ready;
  }

  private void follow(Reception reception) {
    var unused = reception.lost().thenAccept(failure -> replace(reception, "it was lost", failure));
  }

  private void look() {
    Reception looked;
    synchronized (this) {
      looked = current;
    }
    if (closed() || looked.lost().isDone() || !looked.isQuiet(stalledAfter)) {
      return;
    }
    var unused = looked
        .peek()
        .timeout(LOOK)
        .subscribe(
            message -> judge(looked, message),
            failure -> replace(looked, "it cannot even be looked at", failure));
  }

  private void judge(Reception looked, ServiceBusReceivedMessage message) {
    if (looked.isQuiet(stalledAfter) && !looked.holds(message)) {
      replace(looked, "nothing comes while something waits", null);
    }
  }

  private void replace(Reception reception, String why, @Nullable Throwable failure) {
    Duration wait;
    synchronized (this) {
      if (closed || reception != current) {
        return;
      }
      ready = false;
      wait = pause;
      pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
          ? pause.multipliedBy(2)
          : LONGEST_PAUSE;
    }
    LOG.warn(
        "{} is received from anew in {} ms, as {}: {}",
        source,
        wait.toMillis(),
        why,
        failure == null ? "no failure" : failure.getClass().getSimpleName());
    reception.close();
    var unused = clockwork.schedule(() -> open(reception), wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void open(Reception replaced) {
    Reception next;
    synchronized (this) {
      if (closed || replaced != current) {
        return;
      }
      next = receptions.get();
      current = next;
      ready = true;
    }
    next.start();
    follow(next);
  }

  private synchronized boolean closed() {
    return closed;
  }

  /** {@return the reception that is left} */
  synchronized Reception close() {
    closed = true;
    ready = false;
    return current;
  }
}
