package dev.landfall.app;

import dev.landfall.event.BusinessEvent;
import dev.landfall.spi.Failure;
import dev.landfall.spi.PipelineListener;
import dev.landfall.spi.Step;
import java.time.Duration;

/** Counts landings that have ended, well or not, and waits for them. */
final class Ends implements PipelineListener {

  private static final Duration LONG_ENOUGH = Duration.ofSeconds(40);

  private int count;

  @Override
  public synchronized void landed(Step step, BusinessEvent event) {
    count++;
    notifyAll();
  }

  @Override
  public synchronized void died(Step step, Failure failure) {
    count++;
    notifyAll();
  }

  synchronized void await(int atLeast) throws InterruptedException {
    long end = System.nanoTime() + LONG_ENOUGH.toNanos();
    while (count < atLeast) {
      long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      if (left <= 0) {
        throw new AssertionError("Only %d of %d landings have ended.".formatted(count, atLeast));
      }
      wait(left);
    }
  }
}
