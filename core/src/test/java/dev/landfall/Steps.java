package dev.landfall;

import dev.landfall.event.BusinessEvent;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.PipelineListener;
import dev.landfall.spi.Recorded;
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
  public void unreadable(String source, Failure failure) {
    add("unreadable " + failure.reason());
  }

  @Override
  public void turnedAway(String source, Failure failure) {
    add("turned away " + failure.reason());
  }

  @Override
  public void recorded(Landing landing) {
    add("recorded " + landing.id());
  }

  @Override
  public void duplicate(Recorded known) {
    add("duplicate " + known.id() + " " + known.state());
  }

  @Override
  public void landed(Landing landing, BusinessEvent event, Duration took) {
    add("landed " + landing.id() + " "
        + landing.receipts().keySet().stream().sorted().toList());
  }

  @Override
  public void retrying(LandingId id, Failure failure, Instant at) {
    add("retrying " + id + " " + failure.reason() + " " + failure.message());
  }

  @Override
  public void died(LandingId id, Failure failure) {
    add("died " + id + " " + failure.reason() + " " + failure.message());
  }
}
