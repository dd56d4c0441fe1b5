package dev.landfall.sink.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * A CRC-32 as S3 has it: of bytes that are sent in parts, where the whole follows from the parts.
 *
 * <p>Two are joined by what zlib's {@code crc32_combine} does: the first is multiplied by x to the
 * number of bits behind it, modulo the polynomial, and the second is added.
 *
 * @param value the checksum
 * @param length of how many bytes
 */
record Crc32(int value, long length) {

  static final Crc32 OF_NOTHING = new Crc32(0, 0);

  private static final int POLYNOMIAL = 0xEDB88320;
  private static final int ONE = 1 << 31;
  private static final int X = 1 << 30;

  /** {@return the checksum of all that a stream still has} */
  static Crc32 of(InputStream bytes) throws IOException {
    CheckedInputStream checked = new CheckedInputStream(bytes, new CRC32());
    long length = checked.transferTo(OutputStream.nullOutputStream());
    return new Crc32((int) checked.getChecksum().getValue(), length);
  }

  /** {@return the checksum of these bytes and of those that follow them} */
  Crc32 then(Crc32 following) {
    int moved = multiplied(value, powerOfX(8 * following.length));
    return new Crc32(moved ^ following.value, length + following.length);
  }

  /** {@return the four bytes in base 64, as headers have them} */
  String text() {
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(4).putInt(value).array());
  }

  private static int powerOfX(long exponent) {
    int power = ONE;
    int square = X;
    for (long left = exponent; left != 0; left >>>= 1) {
      if ((left & 1) != 0) {
        power = multiplied(square, power);
      }
      square = multiplied(square, square);
    }
    return power;
  }

  /** Bits are mirrored: the highest is the coefficient of x to the power of 0. */
  private static int multiplied(int one, int other) {
    int product = 0;
    int shifted = other;
    for (int bit = ONE; bit != 0; bit >>>= 1) {
      if ((one & bit) != 0) {
        product ^= shifted;
      }
      shifted = (shifted & 1) != 0 ? (shifted >>> 1) ^ POLYNOMIAL : shifted >>> 1;
    }
    return product;
  }
}
