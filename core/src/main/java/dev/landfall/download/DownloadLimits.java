package dev.landfall.download;

import java.time.Duration;

/**
 * What a download may cost; immutable.
 *
 * @param patience how long a host may be silent
 * @param largest how many bytes a file may have; a larger one is refused for good
 * @param longest how long a try may take in all; then its worker is given to others, and the next
 *     try goes on where it stopped
 * @param bytesPerSecond how fast all downloads together may be; {@link #UNLIMITED} for no limit
 * @param grace how long after its event a file that is not there may still appear
 */
public record DownloadLimits(
    Patience patience, long largest, Duration longest, long bytesPerSecond, Duration grace) {

  /** As fast as it goes. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /**
   * Checks that something can be downloaded.
   *
   * @param patience how long a host may be silent
   * @param largest how many bytes a file may have
   * @param longest how long a try may take in all
   * @param bytesPerSecond how fast all downloads together may be
   * @param grace how long after its event a file that is not there may still appear
   * @throws IllegalArgumentException if a limit is not positive, or the grace negative
   */
  public DownloadLimits {
    if (largest < 1 || bytesPerSecond < 1) {
      throw new IllegalArgumentException(
          "A download has at least 1 byte and 1 byte a second, not %d and %d."
              .formatted(largest, bytesPerSecond));
    }
    if (longest.isNegative() || longest.isZero() || grace.isNegative()) {
      throw new IllegalArgumentException(
          "A download takes more than no time and has no negative grace, unlike %s and %s."
              .formatted(longest, grace));
    }
  }

  /**
   * {@return the {@linkplain Patience#usual usual patience}, 64 GiB, 6 hours, any speed, and 2
   * minutes of grace}
   */
  public static DownloadLimits usual() {
    return new DownloadLimits(
        Patience.usual(), 64L << 30, Duration.ofHours(6), UNLIMITED, Duration.ofMinutes(2));
  }

  /**
   * {@return these limits with another patience}
   *
   * @param newPatience how long a host may be silent
   */
  public DownloadLimits patience(Patience newPatience) {
    return new DownloadLimits(newPatience, largest, longest, bytesPerSecond, grace);
  }

  /**
   * {@return these limits for files of another size}
   *
   * @param bytes at least 1
   */
  public DownloadLimits largest(long bytes) {
    return new DownloadLimits(patience, bytes, longest, bytesPerSecond, grace);
  }

  /**
   * {@return these limits with another time for each try}
   *
   * @param time more than none
   */
  public DownloadLimits longest(Duration time) {
    return new DownloadLimits(patience, largest, time, bytesPerSecond, grace);
  }

  /**
   * {@return these limits with another speed, of all downloads of a pipeline together}
   *
   * @param bytes at least 1
   */
  public DownloadLimits bytesPerSecond(long bytes) {
    return new DownloadLimits(patience, largest, longest, bytes, grace);
  }

  /**
   * {@return these limits with another grace for a file that is not there}
   *
   * @param time zero or more
   */
  public DownloadLimits grace(Duration time) {
    return new DownloadLimits(patience, largest, longest, bytesPerSecond, time);
  }
}
