package dev.landfall.sink.s3;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Some bytes of a content, in one piece.
 *
 * @param content of which
 * @param number from 1
 * @param offset of its first byte
 * @param length of how many bytes
 */
record Part(Content content, int number, long offset, long length) {

  private static final int BLOCK = 128 * 1024;

  InputStream open() throws IOException {
    return new BufferedInputStream(new Bounded(content.bytes().from(offset), length), BLOCK);
  }

  /** {@return what most servers give as the entity tag of an object or part, in hexadecimal} */
  String md5() {
    MessageDigest digest = newMd5();
    try (InputStream bytes = open()) {
      bytes.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    } catch (IOException e) {
      throw new UnreadFileException(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest newMd5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The first bytes of another stream. */
  private static final class Bounded extends InputStream {

    private final InputStream in;
    private long left;

    Bounded(InputStream in, long length) {
      this.in = in;
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = in.read(to, offset, (int) Math.min(length, left));
      left -= Math.max(read, 0);
      return read;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
