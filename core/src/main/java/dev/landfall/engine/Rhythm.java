package dev.landfall.engine;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task that is repeated, whatever becomes of it, until it is stopped. */
final class Rhythm {

  private static final Logger log = LoggerFactory.getLogger(Rhythm.class);

  private final Scheduler scheduler;
  private final Duration pause;
  private final String what;
  private final Runnable task;
  private volatile boolean stopped;

  /** Repeats a task with pauses from the end of one time to the beginning of the next. */
  Rhythm(Scheduler scheduler, Duration pause, String what, Runnable task) {
    this.scheduler = scheduler;
    this.pause = pause;
    this.what = what;
    this.task = task;
  }

  /** Begins with the first time at once. */
  void start() {
    scheduler.after(Duration.ZERO, this::once);
  }

  private void once() {
    if (stopped) {
      return;
    }
    try {
      task.run();
    } catch (RuntimeException e) {
      log.warn("{} failed and is tried again after {}.", what, pause, Redacted.of(e));
    } finally {
      scheduler.after(pause, this::once);
    }
  }

  void stop() {
    stopped = true;
  }
}
