package dev.landfall.format;

import java.nio.ByteBuffer;

/**
 * The numbers of an entry that 32 bits are not enough for, which an extra field has in 64.
 *
 * <p>Source: PKWARE's APPNOTE 6.3.10, section 4.5.3.
 */
final class Zip64 {

  /** Stands for a number that the extra field has. */
  static final long TOO_LARGE = 0xFFFF_FFFFL;

  private static final int ID = 1;

  private Zip64() {}

  /**
   * {@return the numbers, each that is too large replaced by the next one of the extra field}
   *
   * @param extra all extra fields of the entry, from its position on
   * @param numbers in the order in which the extra field has them
   */
  static long[] resolved(ByteBuffer extra, long... numbers) {
    ByteBuffer large = null;
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] == TOO_LARGE) {
        large = large == null ? find(extra) : large;
        numbers[i] = large.remaining() < Long.BYTES ? -1 : large.getLong();
        if (numbers[i] < 0) {
          throw new MalformedFileException(
              "A zip gives sizes and places that need more than 32 bits in an extra field, and this one has an entry that does not. Export the file again.",
              null);
        }
      }
    }
    return numbers;
  }

  private static ByteBuffer find(ByteBuffer extra) {
    int at = extra.position();
    while (extra.limit() - at >= 4) {
      int id = Short.toUnsignedInt(extra.getShort(at));
      int length = Short.toUnsignedInt(extra.getShort(at + 2));
      at += 4;
      if (id == ID && length <= extra.limit() - at) {
        return extra.slice(at, length).order(extra.order());
      }
      at += length;
    }
    return ByteBuffer.allocate(0);
  }
}
