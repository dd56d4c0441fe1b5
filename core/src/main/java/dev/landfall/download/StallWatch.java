package dev.landfall.download;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Interrupts a thread whose download does not move.
 *
 * <p>The client's own time-out would end with the headers or, since Java 26, not before the whole
 * file is there; neither tells a slow download from one that stands still.
 */
final class StallWatch implements AutoCloseable {

  private final Thread worker = Thread.currentThread();
  private final LongSupplier received;
  private final ScheduledFuture<?> looks;
  private long seen = -1;
  private boolean over;
  private boolean stalled;

  /**
   * Watches the calling thread until it is closed, by the same thread.
   *
   * @param timer looks
   * @param received how many bytes have come
   * @param first after which something must have come
   * @param next after which more must have come, each time
   */
  StallWatch(ScheduledExecutorService timer, LongSupplier received, Duration first, Duration next) {
    this.received = received;
    this.looks = timer.scheduleWithFixedDelay(
        this::look, first.toMillis(), next.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** {@return a timer whose only thread ends when nothing is watched} */
  static ScheduledExecutorService timer() {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, look -> {
      Thread thread = new Thread(look, "landfall-download-watch");
      thread.setDaemon(true);
      return thread;
    });
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(10, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }

  private synchronized void look() {
    long now = received.getAsLong();
    // Nothing at all is too little at the first look already.
    if (!over && now == Math.max(0, seen)) {
      stalled = true;
      over = true;
      worker.interrupt();
    }
    seen = now;
  }

  /** {@return whether it was this watch that interrupted} */
  synchronized boolean hasStalled() {
    return stalled;
  }

  /** Interrupts no more, and takes back what it did. */
  @Override
  public synchronized void close() {
    over = true;
    looks.cancel(false);
    if (stalled) {
      Thread.interrupted();
    }
  }
}
