package dev.landfall.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The bytes of a zip, read at any place and only where they are. */
final class ZipBytes implements Closeable {

  private final FileChannel channel;
  private final long size;

  private ZipBytes(FileChannel channel, long size) {
    this.channel = channel;
    this.size = size;
  }

  static ZipBytes open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file);
    try {
      return new ZipBytes(channel, channel.size());
    } catch (IOException unreadable) {
      try (channel) {
        throw unreadable;
      }
    }
  }

  long size() {
    return size;
  }

  /** {@return some bytes, whose numbers are read with their lowest byte first as a zip has them} */
  ByteBuffer at(long offset, int length) throws IOException {
    if (offset < 0 || offset > size - length) {
      throw new MalformedFileException(
          "A zip of %d bytes points to byte %d of itself. Is the file whole? Export it again."
              .formatted(size, offset),
          null);
    }
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      read(bytes, offset + bytes.position());
    }
    return bytes.flip();
  }

  private int read(ByteBuffer target, long offset) throws IOException {
    int count = channel.read(target, offset);
    if (count < 0) {
      throw new IOException("The file became shorter while it was read.");
    }
    return count;
  }

  /** {@return some bytes as a stream, which need not be closed} */
  InputStream between(long from, long to) {
    return new InputStream() {
      private long place = from;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        if (place == to) {
          return -1;
        }
        int most = (int) Math.min(length, to - place);
        int count = ZipBytes.this.read(ByteBuffer.wrap(target, offset, most), place);
        place += count;
        return count;
      }
    };
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
