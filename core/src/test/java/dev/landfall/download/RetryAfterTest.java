package dev.landfall.download;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The two notations of Retry-After, and what is neither. */
class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-11-06T08:49:37Z");

  @Test
  void secondsAreTakenAsTheyAre() {
    assertEquals(Duration.ofMinutes(2), RetryAfter.of(" 120 ", NOW));
    assertEquals(Duration.ZERO, RetryAfter.of("0", NOW));
  }

  @Test
  void aDateIsTheTimeUntilThen() {
    assertEquals(Duration.ofSeconds(23), RetryAfter.of("Fri, 06 Nov 2026 08:50:00 GMT", NOW));
    assertEquals(Duration.ZERO, RetryAfter.of("Fri, 06 Nov 2026 08:49:00 GMT", NOW));
  }

  @Test
  void aHostThatAsksForTooLongIsNotObeyed() {
    assertEquals(Duration.ofMinutes(5), RetryAfter.of("86400", NOW));
    assertEquals(Duration.ofMinutes(5), RetryAfter.of("Sat, 07 Nov 2026 08:50:00 GMT", NOW));
  }

  @Test
  void whatIsNeitherAsksForNothing() {
    for (String noise : new String[] {"", "soon", "-1", "1.5", "99999999999", "٣"}) {
      assertEquals(Duration.ZERO, RetryAfter.of(noise, NOW), noise);
    }
  }
}
