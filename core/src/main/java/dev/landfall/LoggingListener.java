package dev.landfall;

import dev.landfall.event.BusinessEvent;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.PipelineListener;
import dev.landfall.spi.Recorded;
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
  public void received(BusinessEvent event, String source) {
    log.debug("Received {} from {}.", event, source);
  }

  @Override
  public void ignored(BusinessEvent event) {
    log.debug("No route wants {}.", event);
  }

  @Override
  public void unreadable(String source, Failure failure) {
    log.error("A delivery from {} is a dead letter: {}", source, failure.message());
  }

  @Override
  public void turnedAway(String source, Failure failure) {
    log.warn("A delivery from {} was turned away: {}", source, failure.message());
  }

  @Override
  public void recorded(Landing landing) {
    log.debug("Recorded {}.", landing.id());
  }

  @Override
  public void duplicate(Recorded known) {
    log.info("Delivered again, nothing to do: {} is {}.", known.id(), known.state());
  }

  @Override
  public void spooled(LandingId id, ExportedFile file, Duration took) {
    log.debug("Fetched {} bytes for {} in {} ms.", file.length(), id, took.toMillis());
  }

  @Override
  public void stored(LandingId id, String sink, Receipt receipt, Duration took) {
    log.debug("Stored {} in {} in {} ms.", id, receipt.location(), took.toMillis());
  }

  @Override
  public void landed(Landing landing, BusinessEvent event, Duration took) {
    log.info("Landed {} on {} after {} ms.", event, landing.id().route(), took.toMillis());
  }

  @Override
  public void retrying(LandingId id, Failure failure, Instant at) {
    log.warn("{} failed and is tried again at {}: {}", id, at, describe(failure));
  }

  @Override
  public void died(LandingId id, Failure failure) {
    log.error("{} is a dead letter: {}", id, describe(failure));
  }

  private static String describe(Failure failure) {
    return failure.reason() + ". " + failure.message();
  }
}
