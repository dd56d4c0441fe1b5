package dev.landfall.engine;

import java.time.Duration;

/**
 * The threads of an engine, and its waiting.
 *
 * <p>An engine creates no thread and never sleeps; whoever gives it this one decides what runs
 * when. What it is given to run never throws.
 */
public interface Scheduler {

  /**
   * Runs work that may take long, as soon as one of the workers is free; in the order of the calls.
   * Once it is closed, on the calling thread.
   *
   * @param work what to do; interrupted if closing does not wait for it any longer
   */
  void execute(Runnable work);

  /**
   * Runs a short task later, beside the workers. Those of equal time run in the order of the calls,
   * or at the same time.
   *
   * @param delay zero for at once
   * @param task what to do
   */
  void after(Duration delay, Runnable task);

  /**
   * Finishes the work that was given, while tasks go on; what has not ended in time is interrupted,
   * and what has not begun runs on the calling thread. No task runs afterwards. Never throws.
   *
   * @param patience how long to wait for work
   */
  void close(Duration patience);
}
