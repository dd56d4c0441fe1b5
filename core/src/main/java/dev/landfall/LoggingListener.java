package dev.landfall;

import dev.landfall.event.BusinessEvent;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import dev.landfall.spi.Arrival;
import dev.landfall.spi.Backlog;
import dev.landfall.spi.Delivery;
import dev.landfall.spi.Failure;
import dev.landfall.spi.PipelineListener;
import dev.landfall.spi.Recorded;
import dev.landfall.spi.Step;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes every step to the log of the service, under the name {@code dev.landfall}.
 *
 * <p>What ends well is INFO, each step on the way DEBUG, what is tried again WARN, what needs a
 * person ERROR.
 */
public final class LoggingListener implements PipelineListener {

  private static final Logger log = LoggerFactory.getLogger("dev.landfall");

  /** Creates the listener. */
  public LoggingListener() {}

  @Override
  public void received(BusinessEvent event, Delivery delivery) {
    log.debug(
        "Received {} from {}, {} bytes.",
        event,
        delivery.source(),
        delivery.body().length());
  }

  @Override
  public void ignored(BusinessEvent event) {
    log.debug("No route wants {}.", event);
  }

  @Override
  public void unreadable(Delivery delivery, Failure failure) {
    log.error("A delivery from {} is a dead letter: {}", delivery.source(), failure.message());
  }

  @Override
  public void turnedAway(Delivery delivery, Failure failure) {
    log.warn("A delivery from {} was turned away: {}", delivery.source(), failure.message());
  }

  @Override
  public void recorded(Step step, Arrival arrival) {
    if (arrival == Arrival.IN_ORDER) {
      log.debug("Recorded {}{}.", step.id(), left(step));
    } else {
      log.warn(
          "{} is {} by its control number {}; it is landed all the same.",
          step.id(),
          arrival,
          step.landing().facts().controlNumber());
    }
  }

  @Override
  public void duplicate(Recorded known) {
    log.info("Delivered again, nothing to do: {} is {}.", known.id(), known.state());
  }

  @Override
  public void spooled(Step step, ExportedFile file, Duration took) {
    log.debug(
        "Fetched {} bytes for {} in {} ms{}.",
        file.length(),
        step.id(),
        took.toMillis(),
        left(step));
  }

  @Override
  public void stored(Step step, String sink, Receipt receipt, Duration took) {
    log.debug(
        "Stored {} bytes of {} in {} in {} ms.",
        receipt.length(),
        step.id(),
        receipt.location(),
        took.toMillis());
  }

  @Override
  public void landed(Step step, BusinessEvent event) {
    log.info(
        "Landed {} on {} after {} ms.", event, step.id().route(), step.age().toMillis());
  }

  @Override
  public void retrying(Step step, Failure failure, Instant next) {
    log.warn(
        "{} failed and is tried again at {}{}: {}", step.id(), next, left(step), describe(failure));
  }

  @Override
  public void died(Step step, Failure failure) {
    log.error("{} is a dead letter: {}", step.id(), describe(failure));
  }

  @Override
  public void leaseLost(Step step) {
    log.warn("The lease of {} ran out while it was worked on; another has it.", step.id());
  }

  @Override
  public void sinkPaused(String route, String sink, Failure failure, Instant until) {
    log.error(
        "The sink {} of {} is left alone until {}: {}", sink, route, until, describe(failure));
  }

  @Override
  public void sinkResumed(String route, String sink) {
    log.info("The sink {} of {} works again.", sink, route);
  }

  @Override
  public void sourceLost(String source, Failure failure) {
    log.error("Nothing arrives from {} until it is there again: {}", source, describe(failure));
  }

  @Override
  public void sourceRestored(String source) {
    log.info("Events arrive from {} again.", source);
  }

  @Override
  public void backlog(Backlog backlog, Instant at) {
    log.debug("{} landings are pending, the oldest since {}.", backlog.pending(), backlog.oldest());
  }

  @Override
  public void orphaned(String route, Backlog.Waiting waiting) {
    log.error(
        "{} landings wait for the route {}, which this pipeline does not have, the oldest since {};"
            + " add it again under its old name, or discard them.",
        waiting.count(),
        route,
        waiting.oldest());
  }

  private static String left(Step step) {
    return step.linkLeft()
        .map(left -> ", its link lives " + left.toSeconds() + " s more")
        .orElse("");
  }

  private static String describe(Failure failure) {
    return failure.reason() + ". " + failure.message();
  }
}
