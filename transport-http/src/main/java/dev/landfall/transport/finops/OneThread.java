package dev.landfall.transport.finops;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls F&amp;O for a source, one call after another, so that a source is no load for it. */
final class OneThread {

  private static final Logger LOG = LoggerFactory.getLogger(OneThread.class);
  private static final Duration CLOSING = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(20);

  /** A hundred years; what is much longer cannot be counted in nanoseconds, or added to a time. */
  private static final Duration FOR_EVER = Duration.ofDays(36_525);

  private final ScheduledExecutorService thread;
  private boolean started;
  private volatile boolean closing;

  OneThread(String name) {
    thread = Executors.newSingleThreadScheduledExecutor(work -> {
      Thread daemon = new Thread(work, name);
      daemon.setDaemon(true);
      return daemon;
    });
  }

  /** Takes note that a source begins, which it does once. */
  synchronized void begin(String source) {
    if (started || closing) {
      throw new IllegalStateException(
          "%s was started or closed before; a source is started once, so build another."
              .formatted(source));
    }
    started = true;
  }

  boolean isClosing() {
    return closing;
  }

  /** {@return a time that a user chose, or a hundred years if it is longer} */
  static Duration bounded(Duration time) {
    return time.compareTo(FOR_EVER) > 0 ? FOR_EVER : time;
  }

  /** Does a step after a time, unless this is closed by then. */
  void later(Duration wait, Runnable step) {
    try {
      long nanos = bounded(wait).toNanos();
      var unused = thread.schedule(() -> logged(step), nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      // Whatever it was, F&O offers it again.
      LOG.debug("A step was left out, as its source is closed.");
    }
  }

  /** A step that throws would otherwise end in silence. */
  private static void logged(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error failure) {
      LOG.error("A step of asking F&O failed.", failure);
    }
  }

  /** Ends once nothing is left, or after 10 s. */
  void close(BooleanSupplier nothingLeft) {
    boolean first;
    synchronized (this) {
      first = !closing;
      closing = true;
    }
    if (first) {
      if (started && !nothingLeft.getAsBoolean()) {
        awaitEnd(nothingLeft);
      }
      thread.shutdownNow();
    }
  }

  private void awaitEnd(BooleanSupplier nothingLeft) {
    var empty = new CountDownLatch(1);
    look(nothingLeft, empty);
    try {
      var unused = empty.await(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(BooleanSupplier nothingLeft, CountDownLatch empty) {
    if (nothingLeft.getAsBoolean()) {
      empty.countDown();
    } else {
      later(LOOK, () -> look(nothingLeft, empty));
    }
  }
}
