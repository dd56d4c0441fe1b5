package dev.landfall.testkit.simulation;

import dev.landfall.engine.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The threads and the waiting of one instance, in turns and in simulated time. */
final class SimulatedScheduler implements Scheduler {

  private static final long AFTER_INTERRUPT = 5_000;

  private final Turns turns;
  private final Instance instance;
  private final int workers;
  private final Queue<Runnable> queue = new ArrayDeque<>();
  private final Set<Actor> working = new LinkedHashSet<>();
  private @Nullable Actor closer;
  private boolean closed;
  private boolean stopped;

  SimulatedScheduler(Turns turns, Instance instance, int workers) {
    this.turns = turns;
    this.instance = instance;
    this.workers = workers;
  }

  @Override
  public void execute(Runnable work) {
    if (closed) {
      work.run();
    } else {
      queue.add(work);
      putToWork();
    }
  }

  private void putToWork() {
    while (working.size() < workers && !queue.isEmpty()) {
      Runnable work = queue.remove();
      working.add(turns.spawn(instance, "worker", () -> {
        try {
          work.run();
        } finally {
          working.remove(turns.current());
          putToWork();
          if (closer != null && working.isEmpty()) {
            turns.wake(closer);
          }
        }
      }));
    }
  }

  @Override
  public void after(Duration delay, Runnable task) {
    turns.after(delay.toMillis(), () -> {
      if (!stopped) {
        turns.spawn(instance, "timer", task);
      }
    });
  }

  @Override
  public void close(Duration patience) {
    closed = true;
    if (!instance.alive) {
      stopped = true;
      return;
    }
    closer = turns.current();
    if (!turns.await(working::isEmpty, patience.toMillis())) {
      working.forEach(turns::interrupt);
      while (!queue.isEmpty()) {
        queue.remove().run();
      }
      turns.await(working::isEmpty, AFTER_INTERRUPT);
    }
    stopped = true;
  }
}
