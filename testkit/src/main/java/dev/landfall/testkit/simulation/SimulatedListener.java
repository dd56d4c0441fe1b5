package dev.landfall.testkit.simulation;

import dev.landfall.event.BusinessEvent;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import dev.landfall.spi.Arrival;
import dev.landfall.spi.Delivery;
import dev.landfall.spi.Disposition;
import dev.landfall.spi.Failure;
import dev.landfall.spi.PipelineListener;
import dev.landfall.spi.Recorded;
import dev.landfall.spi.Step;
import java.time.Duration;
import java.time.Instant;

/** A listener of an instance: takes its time, fails, and bears witness. */
record SimulatedListener(World world) implements PipelineListener {

  private void hear(String what, Object about) {
    world.step(what, about);
    world.maybeThrow(Fault.LISTENER_FAILS);
  }

  @Override
  public void claimed(Step step) {
    Actor worker = world.turns().current();
    Attempt claimed = world.witness().claimOf(step.landing());
    claimed.spooled = worker.owner.spool.test(step.id());
    Attempt before = worker.owner.unsettled.remove(step.id());
    if (before != null
        && before.over
        && before.owesFile()
        && world.witness().isHeld(claimed)
        && !claimed.spooled
        && world.weather().struck(Fault.REPLAY) == 0) {
      world
          .trace()
          .broken("a file stays in the spool until the ledger knows its end, unlike that of "
              + step.id());
    }
    worker.working = claimed;
    hear("begins", step.id());
  }

  @Override
  public void received(BusinessEvent event, Delivery delivery) {
    hear("receives", event.id());
  }

  @Override
  public void recorded(Step step, Arrival arrival) {
    hear("hears recorded", step.id());
  }

  @Override
  public void duplicate(Recorded known) {
    hear("hears duplicate", known.id());
  }

  @Override
  public void answered(Delivery delivery, Disposition disposition, Duration took) {
    hear("hears answer", disposition.verdict());
  }

  @Override
  public void spooled(Step step, ExportedFile file, Duration took) {
    hear("hears spooled", step.id());
  }

  @Override
  public void stored(Step step, String sink, Receipt receipt, Duration took) {
    hear("hears stored in " + sink, step.id());
  }

  @Override
  public void landed(Step step, BusinessEvent event) {
    world.witness().landed(step.id());
    hear("hears landed", step.id());
  }

  @Override
  public void retrying(Step step, Failure failure, Instant next) {
    hear("hears retrying", step.id() + " " + failure.reason());
  }

  @Override
  public void died(Step step, Failure failure) {
    hear("hears died", step.id() + " " + failure.reason());
  }
}
