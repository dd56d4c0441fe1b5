package dev.landfall.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the end of a zip tells: where its directory lies, and how many entries that has.
 *
 * <p>Source: PKWARE's APPNOTE 6.3.10, sections 4.3.14 to 4.3.16. A comment may stand behind the
 * end, and may hold what looks like one; only that counts which the directory ends at.
 *
 * @param directory offset of its first byte
 * @param directoryEnd offset behind its last byte
 * @param count how many entries it is told to have
 */
record ZipEnd(long directory, long directoryEnd, long count) {

  private static final int SIGNATURE = 0x06054B50;
  private static final int LENGTH = 22;
  private static final int LONGEST_COMMENT = 0xFFFF;
  private static final int LOCATOR_SIGNATURE = 0x07064B50;
  private static final int LOCATOR_LENGTH = 20;
  private static final int LARGE_SIGNATURE = 0x06064B50;
  private static final int LARGE_LENGTH = 56;

  /** Finds the end of a zip, or refuses the file. */
  static ZipEnd of(ZipBytes zip) throws IOException {
    int length = (int) Math.min(zip.size(), LENGTH + LONGEST_COMMENT);
    long from = zip.size() - length;
    ByteBuffer tail = zip.at(from, length);
    for (int i = length - LENGTH; i >= 0; i--) {
      if (tail.getInt(i) == SIGNATURE
          && Short.toUnsignedInt(tail.getShort(i + 20)) == length - i - LENGTH) {
        ZipEnd end = read(zip, tail, i, from + i);
        if (end != null) {
          return end;
        }
      }
    }
    throw new MalformedFileException(
        "A zip ends with the place of its directory, and this file of %d bytes does not. Is it whole? Export it again."
            .formatted(zip.size()),
        null);
  }

  /** Answers null if it is none, but bytes that look like one. */
  private static @Nullable ZipEnd read(ZipBytes zip, ByteBuffer tail, int at, long offset)
      throws IOException {
    long count = Short.toUnsignedInt(tail.getShort(at + 10));
    long size = Integer.toUnsignedLong(tail.getInt(at + 12));
    long directory = Integer.toUnsignedLong(tail.getInt(at + 16));
    boolean onOneDisk = tail.getInt(at + 4) == 0 && tail.getShort(at + 8) == tail.getShort(at + 10);
    ZipEnd large = large(zip, offset - LOCATOR_LENGTH);
    if (large != null) {
      return fits(count, large.count, 0xFFFF)
              && fits(size, large.directoryEnd - large.directory, Zip64.TOO_LARGE)
              && fits(directory, large.directory, Zip64.TOO_LARGE)
          ? large
          : null;
    }
    return onOneDisk && directory + size == offset ? new ZipEnd(directory, offset, count) : null;
  }

  private static boolean fits(long told, long large, long tooLarge) {
    return told == large || told == tooLarge;
  }

  /** What a large zip has before the end: the same in numbers of 64 bits, and where that is. */
  private static @Nullable ZipEnd large(ZipBytes zip, long locator) throws IOException {
    if (locator < LARGE_LENGTH) {
      return null;
    }
    ByteBuffer place = zip.at(locator, LOCATOR_LENGTH);
    long offset = place.getLong(8);
    if (place.getInt(0) != LOCATOR_SIGNATURE || offset < 0 || offset > locator - LARGE_LENGTH) {
      return null;
    }
    ByteBuffer large = zip.at(offset, LARGE_LENGTH);
    long count = large.getLong(32);
    long size = large.getLong(40);
    long directory = large.getLong(48);
    boolean whole = large.getInt(0) == LARGE_SIGNATURE
        && large.getLong(4) == locator - offset - 12
        && large.getLong(16) == 0
        && large.getLong(24) == count
        && count >= 0
        && directory >= 0
        && size == offset - directory;
    return whole ? new ZipEnd(directory, offset, count) : null;
  }
}
