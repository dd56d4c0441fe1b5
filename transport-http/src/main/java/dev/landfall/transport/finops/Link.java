package dev.landfall.transport.finops;

import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Receiver;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether F&amp;O answers a source; who watches the pipeline hears of each change once. */
final class Link {

  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  private final String source;
  private final Clock clock;
  private volatile boolean up;
  private boolean told;

  Link(String source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  boolean isUp() {
    return up;
  }

  void up(Receiver receiver) {
    up = true;
    if (told) {
      told = false;
      receiver.restored(source);
    }
  }

  void down(Receiver receiver, FetchException failure) {
    up = false;
    if (told) {
      LOG.debug("{}: {}", source, failure.getMessage());
    } else {
      told = true;
      receiver.lost(
          source,
          new Failure(
              Reason.SOURCE_UNAVAILABLE,
              String.valueOf(failure.getMessage()),
              clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }
  }
}
