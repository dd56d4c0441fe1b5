package dev.landfall.download;

import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Keeps one download within its limits and tells how far it is. */
final class Watch {

  /** By so much this machine's clock may be wrong; F&O reckons with as much when it makes links. */
  static final Duration SKEW = Duration.ofMinutes(5);

  private final Part part;
  private final Clock clock;
  private final DownloadLimits limits;
  private final Pace pace;
  private final Progress progress;
  private final Instant end;

  Watch(Part part, Clock clock, DownloadLimits limits, Pace pace, Progress progress) {
    this.part = part;
    this.clock = clock;
    this.limits = limits;
    this.pace = pace;
    this.progress = progress;
    this.end = clock.instant().plus(limits.longest());
  }

  Instant now() {
    return clock.instant();
  }

  /** Refuses a file of that length. */
  void requireSmallEnough(long length) {
    if (length > limits.largest()) {
      throw FetchException.permanent(
          Reason.TOO_LARGE,
          "A file has at most %d bytes; this one has at least %d. DownloadLimits.largest allows more."
              .formatted(limits.largest(), length));
    }
  }

  /** Takes notice of bytes that are written; waits if they came too fast. */
  void received(int bytes) throws InterruptedException {
    long soFar = part.received();
    if (soFar > limits.largest()) {
      // Nobody will go on from it.
      part.begin(Version.UNKNOWN);
    }
    requireSmallEnough(soFar);
    progress.received(part.received(), part.version().length());
    pace.spend(bytes);
    boolean isWhole = part.received() == part.version().length();
    if (!isWhole && !now().isBefore(end)) {
      throw FetchException.passing(
          Reason.FILE_UNAVAILABLE,
          "A try of a download takes at most %s (DownloadLimits.longest); this one has %d of %s bytes by now."
              .formatted(
                  limits.longest(),
                  part.received(),
                  part.version().length() < 0 ? "unknown" : part.version().length()),
          null);
    }
  }

  /** {@return whether what was announced then may still appear} */
  boolean isGraceful(Instant announced) {
    Instant now = now();
    return now.isBefore(announced.plus(limits.grace())) && announced.isBefore(now.plus(SKEW));
  }
}
