package dev.landfall.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a zip, read one entry after another in constant memory.
 *
 * <p>Source: PKWARE's APPNOTE 6.3.10, section 4.3.12.
 */
final class ZipDirectory {

  private static final int SIGNATURE = 0x02014B50;
  private static final int LENGTH = 46;

  private final ZipBytes zip;
  private final ZipEnd end;
  private long place;
  private long entries;

  private ZipDirectory(ZipBytes zip, ZipEnd end) {
    this.zip = zip;
    this.end = end;
    this.place = end.directory();
  }

  static ZipDirectory of(ZipBytes zip) throws IOException {
    return new ZipDirectory(zip, ZipEnd.of(zip));
  }

  ZipEnd end() {
    return end;
  }

  /**
   * One entry as the directory has it.
   *
   * @param rawName one character for each byte of the name
   * @param flags general purpose bits
   * @param method how it is packed
   * @param crc CRC-32 of the unpacked bytes
   * @param packed how many bytes it has in the zip
   * @param unpacked how many bytes it has outside
   * @param offset where its own header begins
   * @param disk the part of the zip it lies in, from 0
   * @param mode what a Unix system has as the file's type and permissions, or 0
   */
  record Entry(
      String rawName,
      int flags,
      int method,
      long crc,
      long packed,
      long unpacked,
      long offset,
      int disk,
      int mode) {}

  /** {@return the next entry, or null after the last} */
  @Nullable
  Entry next() throws IOException {
    if (entries == end.count() && place == end.directoryEnd()) {
      return null;
    }
    if (entries == end.count() || place == end.directoryEnd()) {
      throw damaged("has %s entries than the %d it is told to have"
          .formatted(entries == end.count() ? "more" : "fewer", end.count()));
    }
    if (end.directoryEnd() - place < LENGTH) {
      throw damaged("ends within an entry");
    }
    ByteBuffer fixed = zip.at(place, LENGTH);
    int name = Short.toUnsignedInt(fixed.getShort(28));
    int extra = Short.toUnsignedInt(fixed.getShort(30));
    int comment = Short.toUnsignedInt(fixed.getShort(32));
    if (fixed.getInt(0) != SIGNATURE) {
      throw damaged("has other bytes where an entry should begin");
    }
    if (end.directoryEnd() - place < LENGTH + name + extra + comment) {
      throw damaged("ends within an entry");
    }
    ByteBuffer rest = zip.at(place + LENGTH, name + extra);
    String rawName = StandardCharsets.ISO_8859_1.decode(rest.slice(0, name)).toString();
    rest.position(name);
    place += LENGTH + name + extra + comment;
    entries++;
    return entry(rawName, fixed, rest);
  }

  private static Entry entry(String rawName, ByteBuffer fixed, ByteBuffer extra) {
    long[] large = Zip64.resolved(
        extra,
        Integer.toUnsignedLong(fixed.getInt(24)),
        Integer.toUnsignedLong(fixed.getInt(20)),
        Integer.toUnsignedLong(fixed.getInt(42)));
    return new Entry(
        rawName,
        Short.toUnsignedInt(fixed.getShort(8)),
        Short.toUnsignedInt(fixed.getShort(10)),
        Integer.toUnsignedLong(fixed.getInt(16)),
        large[1],
        large[0],
        large[2],
        Short.toUnsignedInt(fixed.getShort(34)),
        fixed.getInt(38) >>> 16);
  }

  private static MalformedFileException damaged(String how) {
    return new MalformedFileException(
        "The directory of a zip tells what is in it, and this one %s. Is the file whole? Export it again."
            .formatted(how),
        null);
  }
}
