package dev.landfall.app.demo;

import dev.landfall.event.BusinessEvent;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.PipelineListener;
import dev.landfall.spi.Recorded;
import dev.landfall.spi.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Follows the pipeline: tells the screen, and remembers what the closing table shows. */
final class Watch implements PipelineListener {

  /** What has landed. */
  record Landed(String entity, Landing landing, Duration sinceEvent) {}

  private final Screen screen;
  private final Clock clock;
  private final List<Landed> landed = new ArrayList<>();
  private final List<LandingId> dead = new ArrayList<>();
  private int duplicates;

  Watch(Screen screen, Clock clock) {
    this.screen = screen;
    this.clock = clock;
  }

  @Override
  public void fetched(Step step, long bytesSoFar, long bytesInAll) {
    screen.progress(step.id().route(), bytesSoFar, bytesInAll);
  }

  @Override
  public void spooled(Step step, ExportedFile file, Duration took) {
    screen.stage(step.id().route(), "storing");
  }

  @Override
  public void stored(Step step, String sink, Receipt receipt, Duration took) {
    screen.stage(step.id().route(), "stored in " + sink.split(" ", 2)[0]);
  }

  @Override
  public void landed(Step step, BusinessEvent event) {
    Duration sinceEvent = Duration.between(event.time(), clock.instant());
    screen.end(step.id().route(), "landed %d ms after its event".formatted(sinceEvent.toMillis()));
    synchronized (this) {
      landed.add(new Landed(event.entity().orElse("?"), step.landing(), sinceEvent));
      notifyAll();
    }
  }

  @Override
  public void retrying(Step step, Failure failure, Instant next) {
    screen.say("  " + step.id().route() + " is tried again: " + failure.message());
  }

  @Override
  public void died(Step step, Failure failure) {
    screen.end(step.id().route(), "is a dead letter: " + failure.reason());
    synchronized (this) {
      dead.add(step.id());
      notifyAll();
    }
  }

  @Override
  public void duplicate(Recorded known) {
    screen.end(known.id().route(), "was delivered again; it is " + known.state() + " already");
    synchronized (this) {
      duplicates++;
      notifyAll();
    }
  }

  synchronized List<Landed> landed() {
    return List.copyOf(landed);
  }

  boolean awaitEnded(int count, Duration patience) throws InterruptedException {
    return await(() -> landed.size() + dead.size() >= count, patience);
  }

  boolean awaitDuplicates(int count, Duration patience) throws InterruptedException {
    return await(() -> duplicates >= count, patience);
  }

  private synchronized boolean await(BooleanSupplier reached, Duration patience)
      throws InterruptedException {
    Instant end = clock.instant().plus(patience);
    while (!reached.getAsBoolean()) {
      long left = Duration.between(clock.instant(), end).toMillis();
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
