package dev.landfall.transport.servicebus;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does things later, one after another, on one thread. */
final class Clockwork implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Clockwork.class);

  private final ScheduledExecutorService thread;

  Clockwork(String name) {
    thread = Executors.newSingleThreadScheduledExecutor(work -> {
      Thread daemon = new Thread(work, name);
      daemon.setDaemon(true);
      return daemon;
    });
  }

  /** {@return what can be called off; null if this is closed and the step is never done} */
  @Nullable
  ScheduledFuture<?> later(Duration wait, Runnable step) {
    try {
      return thread.schedule(logged(step), wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      return null;
    }
  }

  /** {@return what can be called off} */
  ScheduledFuture<?> every(Duration time, Runnable step) {
    return thread.scheduleWithFixedDelay(
        logged(step), time.toMillis(), time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A step that throws would otherwise be the last of its kind, and nobody would be told. */
  private static Runnable logged(Runnable step) {
    return () -> {
      try {
        step.run();
      } catch (RuntimeException | Error failure) {
        LOG.error("A step of receiving failed.", failure);
      }
    };
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
