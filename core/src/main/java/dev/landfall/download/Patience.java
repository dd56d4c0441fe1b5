package dev.landfall.download;

import java.time.Duration;

/**
 * How long a reader waits before it gives a request up.
 *
 * <p>The whole of a body may take any time, as long as it moves.
 *
 * @param connect for a connection
 * @param silence from the request to the first byte of the answer, and from each byte to the next
 */
public record Patience(Duration connect, Duration silence) {

  /**
   * Checks that there is some.
   *
   * @param connect for a connection
   * @param silence from the request to the first byte, and from each byte to the next
   * @throws IllegalArgumentException if one of them is shorter than a millisecond
   */
  public Patience {
    if (connect.toMillis() < 1 || silence.toMillis() < 1) {
      throw new IllegalArgumentException(
          "A reader waits at least 1 ms for a connection and for a byte, not %s and %s."
              .formatted(connect, silence));
    }
  }

  /** {@return 10 s for a connection, 60 s for the first byte and for each further one} */
  public static Patience usual() {
    return new Patience(Duration.ofSeconds(10), Duration.ofSeconds(60));
  }
}
