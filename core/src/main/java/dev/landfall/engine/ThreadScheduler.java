package dev.landfall.engine;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Real threads: a fixed number of workers, and two that wait for the time of tasks. */
public final class ThreadScheduler implements Scheduler {

  private static final Logger log = LoggerFactory.getLogger(ThreadScheduler.class);
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(5);

  private final ExecutorService workers;
  private final ScheduledThreadPoolExecutor timer;

  /**
   * Creates the threads; they begin with the first work.
   *
   * @param workers how many, at least 1
   */
  public ThreadScheduler(int workers) {
    this.workers = Executors.newFixedThreadPool(workers, named("landfall-worker-"));
    // Two, so that a slow count does not keep leases from being renewed.
    this.timer = new ScheduledThreadPoolExecutor(
        2, named("landfall-timer-"), new ThreadPoolExecutor.DiscardPolicy());
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger count = new AtomicInteger();
    return task -> new Thread(task, prefix + count.incrementAndGet());
  }

  @Override
  public void execute(Runnable work) {
    try {
      workers.execute(work);
    } catch (RejectedExecutionException closed) {
      work.run();
    }
  }

  @Override
  public void after(Duration delay, Runnable task) {
    Future<?> unused = timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close(Duration patience) {
    workers.shutdown();
    try {
      if (!workers.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        log.info("Some landings are not finished and stay in the ledger.");
        workers.shutdownNow().forEach(Runnable::run);
        workers.awaitTermination(AFTER_INTERRUPT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException hurry) {
      workers.shutdownNow().forEach(Runnable::run);
      Thread.currentThread().interrupt();
    }
    timer.shutdownNow();
  }
}
