package dev.landfall.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A zip written byte by byte, so that it can be wrong wherever it likes. */
final class ForgedZip {

  static final int UTF_8 = 1 << 11;
  static final int DESCRIBED_BEHIND = 1 << 3;

  final List<Entry> entries = new ArrayList<>();
  byte[] prefix = {};
  byte[] beforeDirectory = {};
  byte[] comment = {};
  boolean largeEnd;
  int countTold = -1;
  int disk;
  int directoryShift;

  /** One entry, right until it is changed. */
  static final class Entry {
    byte[] name;
    byte[] headerName;
    byte[] packed;
    byte[] behind = {};
    byte[] before = {};
    int flags;
    int method = 8;
    long crc;
    long unpackedSize;
    long packedSize;
    int mode;
    int disk;
    boolean large;
    boolean onlyInDirectory;
    long sizeInHeader = -1;
    long offset = -1;

    private Entry(byte[] name, byte[] data) {
      this.name = name;
      this.headerName = name;
      CRC32 sum = new CRC32();
      sum.update(data);
      crc = sum.getValue();
      unpackedSize = data.length;
      pack(deflated(data));
    }

    void pack(byte[] bytes) {
      packed = bytes;
      packedSize = bytes.length;
    }

    void rename(byte[] bytes) {
      name = bytes;
      headerName = bytes;
    }
  }

  ForgedZip file(String name, String text) {
    return file(name, text, entry -> {});
  }

  ForgedZip file(String name, String text, Consumer<Entry> change) {
    return file(name, text.getBytes(StandardCharsets.UTF_8), change);
  }

  ForgedZip file(String name, byte[] data, Consumer<Entry> change) {
    Entry entry = new Entry(name.getBytes(StandardCharsets.UTF_8), data);
    change.accept(entry);
    entries.add(entry);
    return this;
  }

  ForgedZip but(Consumer<ForgedZip> change) {
    change.accept(this);
    return this;
  }

  static byte[] deflated(byte[] data) {
    Deflater deflater = new Deflater(9, true);
    try {
      deflater.setInput(data);
      deflater.finish();
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      byte[] block = new byte[8192];
      while (!deflater.finished()) {
        packed.write(block, 0, deflater.deflate(block));
      }
      return packed.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /** {@return how many bytes there are before the directory} */
  int bodyLength() {
    return entries.stream()
        .mapToInt(entry -> header(entry).length + entry.packed.length)
        .sum();
  }

  byte[] bytes() {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    zip.writeBytes(prefix);
    ByteArrayOutputStream directory = new ByteArrayOutputStream();
    for (Entry entry : entries) {
      long offset = (long) zip.size() + entry.before.length;
      if (!entry.onlyInDirectory) {
        zip.writeBytes(entry.before);
        zip.writeBytes(header(entry));
        zip.writeBytes(entry.packed);
        zip.writeBytes(entry.behind);
      }
      directory.writeBytes(inDirectory(entry, entry.offset < 0 ? offset : entry.offset));
    }
    zip.writeBytes(beforeDirectory);
    int start = zip.size() + directoryShift;
    zip.writeBytes(directory.toByteArray());
    int count = countTold < 0 ? entries.size() : countTold;
    if (largeEnd) {
      int place = zip.size();
      zip.writeBytes(little(56)
          .putInt(0x06064B50)
          .putLong(44)
          .putShort((short) 45)
          .putShort((short) 45)
          .putInt(0)
          .putInt(0)
          .putLong(count)
          .putLong(count)
          .putLong(directory.size())
          .putLong(start)
          .array());
      zip.writeBytes(
          little(20).putInt(0x07064B50).putInt(0).putLong(place).putInt(1).array());
    }
    zip.writeBytes(end(
        disk, largeEnd ? 0xFFFF : count, directory.size(), largeEnd ? -1 : start, comment.length));
    zip.writeBytes(comment);
    return zip.toByteArray();
  }

  static byte[] end(int disk, int count, int size, int start, int comment) {
    return little(22)
        .putInt(0x06054B50)
        .putShort((short) disk)
        .putShort((short) 0)
        .putShort((short) count)
        .putShort((short) count)
        .putInt(size)
        .putInt(start)
        .putShort((short) comment)
        .array();
  }

  private static byte[] header(Entry entry) {
    boolean behind = (entry.flags & DESCRIBED_BEHIND) != 0;
    long unpacked = entry.sizeInHeader < 0 ? entry.unpackedSize : entry.sizeInHeader;
    byte[] large = entry.large ? large(unpacked, entry.packedSize) : new byte[0];
    return little(30 + entry.headerName.length + large.length)
        .putInt(0x04034B50)
        .putShort((short) 20)
        .putShort((short) entry.flags)
        .putShort((short) entry.method)
        .putInt(0)
        .putInt(behind ? 0 : (int) entry.crc)
        .putInt(behind ? 0 : entry.large ? -1 : (int) entry.packedSize)
        .putInt(behind ? 0 : entry.large ? -1 : (int) unpacked)
        .putShort((short) entry.headerName.length)
        .putShort((short) large.length)
        .put(entry.headerName)
        .put(large)
        .array();
  }

  private static byte[] inDirectory(Entry entry, long offset) {
    byte[] large = entry.large ? large(entry.unpackedSize, entry.packedSize) : new byte[0];
    return little(46 + entry.name.length + large.length)
        .putInt(0x02014B50)
        .putShort((short) (3 << 8))
        .putShort((short) 20)
        .putShort((short) entry.flags)
        .putShort((short) entry.method)
        .putInt(0)
        .putInt((int) entry.crc)
        .putInt(entry.large ? -1 : (int) entry.packedSize)
        .putInt(entry.large ? -1 : (int) entry.unpackedSize)
        .putShort((short) entry.name.length)
        .putShort((short) large.length)
        .putShort((short) 0)
        .putShort((short) entry.disk)
        .putShort((short) 0)
        .putInt(entry.mode << 16)
        .putInt((int) offset)
        .put(entry.name)
        .put(large)
        .array();
  }

  private static byte[] large(long unpacked, long packed) {
    return little(20)
        .putShort((short) 1)
        .putShort((short) 16)
        .putLong(unpacked)
        .putLong(packed)
        .array();
  }

  /** What may stand behind the data of an entry, in each of its four forms. */
  static byte[] descriptor(Entry entry, boolean signed, boolean large) {
    byte[] bytes = new byte[(signed ? 4 : 0) + (large ? 20 : 12)];
    ByteBuffer target = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (signed) {
      target.putInt(0x08074B50);
    }
    target.putInt((int) entry.crc);
    if (large) {
      target.putLong(entry.packedSize).putLong(entry.unpackedSize);
    } else {
      target.putInt((int) entry.packedSize).putInt((int) entry.unpackedSize);
    }
    return bytes;
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
