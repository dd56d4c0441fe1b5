package dev.landfall.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {

  @Test
  void thereIsSomeAtLeast() {
    Duration second = Duration.ofSeconds(1);
    for (Duration none : new Duration[] {Duration.ZERO, Duration.ofNanos(1), second.negated()}) {
      assertThrows(IllegalArgumentException.class, () -> new Patience(none, second));
      assertThrows(IllegalArgumentException.class, () -> new Patience(second, none));
    }
  }

  @Test
  void theUsualOneIsAMinuteOfSilence() {
    assertEquals(new Patience(Duration.ofSeconds(10), Duration.ofMinutes(1)), Patience.usual());
  }
}
