package dev.landfall.engine;

import dev.landfall.event.LandfallException;
import dev.landfall.event.Reason;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A sink is left alone for now. */
final class SinkPausedException extends LandfallException {

  @Serial
  private static final long serialVersionUID = 1;

  private final Duration retryAfter;

  SinkPausedException(String sink, Instant until, Instant now) {
    super(
        Reason.SINK_UNAVAILABLE,
        true,
        "The sink %s failed again and again and is left alone until %s."
            .formatted(sink, until.truncatedTo(ChronoUnit.SECONDS)),
        null);
    this.retryAfter = Duration.between(now, until);
  }

  @Override
  public Duration retryAfter() {
    return retryAfter;
  }
}
