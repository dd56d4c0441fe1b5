package dev.landfall.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * One file in a zip.
 *
 * @param name with its folders
 * @param method how it is packed
 * @param crc CRC-32 of its bytes
 * @param data where its packed bytes begin
 * @param packed how many those are
 * @param unpacked how many bytes it has
 */
record PackedFile(String name, int method, long crc, long data, long packed, long unpacked) {

  static final int STORED = 0;
  static final int DEFLATED = 8;

  private static final int BUFFER = 64 * 1024;

  /** {@return its bytes, which are refused as soon as they are not those that were told} */
  InputStream open(ZipBytes zip) {
    InputStream bytes = zip.between(data, data + packed);
    return new Checked(method == STORED ? bytes : new Inflated(bytes));
  }

  static MalformedFileException broken(String name, String how) {
    return new MalformedFileException(
        "The entry %s of a zip %s. Export the file again if that should not be."
            .formatted(ZipNames.shown(name), how),
        null);
  }

  private final class Inflated extends InflaterInputStream {

    private boolean padded;

    Inflated(InputStream packedBytes) {
      super(packedBytes, new Inflater(true), BUFFER);
    }

    /** Without a header of its own, the inflater wants one byte more than there is. */
    @Override
    protected void fill() throws IOException {
      len = in.read(buf, 0, buf.length);
      if (len < 0) {
        if (padded) {
          throw new EOFException("The packed bytes end too early.");
        }
        padded = true;
        buf[0] = 0;
        len = 1;
      }
      inf.setInput(buf, 0, len);
    }

    boolean tookAll() {
      return inf.getBytesRead() == packed;
    }

    @Override
    public void close() throws IOException {
      inf.end();
      super.close();
    }
  }

  private final class Checked extends InputStream {

    private final InputStream in;
    private final CRC32 sum = new CRC32();
    private long count;

    Checked(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = readUnchecked(target, offset, length);
      if (read < 0) {
        checkEnd();
        return -1;
      }
      count += read;
      if (count > unpacked) {
        throw broken(name, "unpacks to more than the %d bytes it is told to".formatted(unpacked));
      }
      sum.update(target, offset, read);
      return read;
    }

    private int readUnchecked(byte[] target, int offset, int length) throws IOException {
      try {
        return in.read(target, offset, length);
      } catch (ZipException | EOFException damaged) {
        throw new MalformedFileException(
            "The entry %s of a zip cannot be unpacked. Export the file again."
                .formatted(ZipNames.shown(name)),
            damaged);
      }
    }

    private void checkEnd() {
      if (count < unpacked) {
        throw broken(name, "unpacks to %d bytes and is told to have %d".formatted(count, unpacked));
      }
      if (in instanceof Inflated inflated && !inflated.tookAll()) {
        throw broken(name, "ends before its %d packed bytes do".formatted(packed));
      }
      if (sum.getValue() != crc) {
        throw broken(name, "unpacks to other bytes than were packed, as its CRC-32 tells");
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
