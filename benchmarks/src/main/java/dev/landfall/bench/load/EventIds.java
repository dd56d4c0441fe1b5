package dev.landfall.bench.load;

import java.nio.charset.StandardCharsets;

/**
 * Ids of events, all different and in no order, as those of an environment are.
 *
 * <p>Two with the same seed give the same ids.
 */
public final class EventIds {

  private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
  /** An odd number of no pattern, as SplitMix64 uses it. */
  private static final long GAMMA = 0x9e3779b97f4a7c15L;

  private static final int DIGITS_PER_HALF = 16;

  private final long seed;

  /**
   * Creates ids.
   *
   * @param seed any; other ids for another
   */
  public EventIds(long seed) {
    this.seed = mixed(seed + GAMMA);
  }

  /**
   * {@return an id in upper case, without braces}
   *
   * @param number of the event
   */
  public String id(long number) {
    byte[] text = ExportEvent.ID.getBytes(StandardCharsets.US_ASCII);
    write(number, text, 0);
    return new String(text, StandardCharsets.US_ASCII);
  }

  /** Writes the 32 digits of an id over those of another one, whose hyphens stay. */
  void write(long number, byte[] text, int offset) {
    // The first half is different for each number, because mixing can be undone.
    long first = mixed(seed ^ mixed(number));
    long second = mixed(first + seed);
    int at = offset;
    for (int digit = 0; digit < 2 * DIGITS_PER_HALF; digit++) {
      if (text[at] == '-') {
        at++;
      }
      long half = digit < DIGITS_PER_HALF ? first : second;
      text[at] = DIGITS[(int) (half >>> (4 * (digit % DIGITS_PER_HALF))) & 0xf];
      at++;
    }
  }

  /** The finisher of SplitMix64, which spreads any change over all bits and can be undone. */
  private static long mixed(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
