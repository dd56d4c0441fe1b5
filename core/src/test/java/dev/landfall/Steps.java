package dev.landfall;

import dev.landfall.event.BusinessEvent;
import dev.landfall.spi.Arrival;
import dev.landfall.spi.Backlog;
import dev.landfall.spi.Delivery;
import dev.landfall.spi.Failure;
import dev.landfall.spi.PipelineListener;
import dev.landfall.spi.Recorded;
import dev.landfall.spi.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a pipeline did, in words, and waits for it. */
final class Steps implements PipelineListener {

  private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);

  private final List<String> steps = new ArrayList<>();

  private synchronized void add(String step) {
    steps.add(step);
    notifyAll();
  }

  synchronized List<String> all() {
    return List.copyOf(steps);
  }

  /**
   * Waits until a step that begins like this was made {@code times} times, and returns the last.
   */
  synchronized String await(String beginning, int times) throws InterruptedException {
    long deadline = System.nanoTime() + LONG_ENOUGH.toNanos();
    while (true) {
      List<String> found =
          steps.stream().filter(step -> step.startsWith(beginning)).toList();
      if (found.size() >= times) {
        return found.get(found.size() - 1);
      }
      long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (left <= 0) {
        throw new AssertionError("No " + beginning + " among " + steps);
      }
      wait(left);
    }
  }

  String await(String beginning) throws InterruptedException {
    return await(beginning, 1);
  }

  @Override
  public void ignored(BusinessEvent event) {
    add("ignored " + event.id());
  }

  @Override
  public void unreadable(Delivery delivery, Failure failure) {
    add("unreadable " + failure.reason());
  }

  @Override
  public void turnedAway(Delivery delivery, Failure failure) {
    add("turned away " + failure.reason());
  }

  @Override
  public void recorded(Step step, Arrival arrival) {
    add("recorded " + step.id() + (arrival == Arrival.IN_ORDER ? "" : " " + arrival));
  }

  @Override
  public void duplicate(Recorded known) {
    add("duplicate " + known.id() + " " + known.state());
  }

  @Override
  public void claimed(Step step) {
    add("claimed " + step.id());
  }

  @Override
  public void landed(Step step, BusinessEvent event) {
    add("landed " + step.id() + " "
        + step.landing().receipts().keySet().stream().sorted().toList());
  }

  @Override
  public void retrying(Step step, Failure failure, Instant next) {
    add("retrying " + step.id() + " " + failure.reason() + " " + failure.message());
  }

  @Override
  public void died(Step step, Failure failure) {
    add("died " + step.id() + " " + failure.reason() + " " + failure.message());
  }

  @Override
  public void released(Step step) {
    add("released " + step.id());
  }

  @Override
  public void leaseLost(Step step) {
    add("lease lost " + step.id());
  }

  @Override
  public void sinkPaused(String route, String sink, Failure failure, Instant until) {
    add("sink paused " + sink);
  }

  @Override
  public void sinkResumed(String route, String sink) {
    add("sink resumed " + sink);
  }

  @Override
  public void sourceLost(String source, Failure failure) {
    add("source lost " + source + " " + failure.reason());
  }

  @Override
  public void sourceRestored(String source) {
    add("source restored " + source);
  }

  @Override
  public void orphaned(String route, Backlog.Waiting waiting) {
    add("orphaned " + route + " " + waiting.count());
  }
}
