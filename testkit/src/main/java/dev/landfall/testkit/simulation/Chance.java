package dev.landfall.testkit.simulation;

import java.util.List;
import java.util.Random;

/** The only source of what is not determined; equal seeds draw equal numbers on any machine. */
final class Chance {

  private final Random random;

  Chance(long seed) {
    // Neighbouring seeds of Random begin alike.
    this.random = new Random((seed + 1) * 0x9E37_79B9_7F4A_7C15L);
  }

  boolean of(int perMille) {
    return perMille > 0 && random.nextInt(1000) < perMille;
  }

  /** {@return from 0 to the bound, without it} */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** {@return from the least to the most} */
  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  <T> T oneOf(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  long next() {
    return random.nextLong();
  }
}
