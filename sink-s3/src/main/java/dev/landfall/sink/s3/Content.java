package dev.landfall.sink.s3;

import dev.landfall.file.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an object that is to be, readable any number of times, from anywhere.
 *
 * @param bytes where they are
 * @param length how many
 * @param sha256 their digest
 * @param original the digest of what they are unpacked
 * @param packing how they are compressed
 * @param type the media type of what they are unpacked
 */
record Content(
    Bytes bytes, long length, Sha256 sha256, Sha256 original, Packing packing, String type) {

  /** Opens a stream at an offset. */
  @FunctionalInterface
  interface Bytes {
    InputStream from(long offset) throws IOException;
  }

  /** {@return bytes that lie on the disk} */
  static Bytes in(Path file) {
    return offset -> Channels.newInputStream(FileChannel.open(file).position(offset));
  }

  /** {@return what a document of ours is} */
  static Content of(byte[] document, String type) {
    Sha256 digest = Sha256.of(document);
    return new Content(
        offset -> new ByteArrayInputStream(document, (int) offset, document.length - (int) offset),
        document.length,
        digest,
        digest,
        Packing.NONE,
        type);
  }

  /** {@return how it is compressed, as HTTP names it, or null} */
  @Nullable
  String encoding() {
    return packing.encoding();
  }

  /** {@return all of it} */
  Part whole() {
    return new Part(this, 1, 0, length);
  }

  /**
   * {@return whether an answer holds it}
   *
   * <p>Compressed by another version, the same bytes are written otherwise, so what counts is what
   * they are unpacked; and a server may have unpacked them.
   *
   * @param answer read to its end
   * @param told how the server says that the answer is compressed, or null
   */
  boolean isIn(InputStream answer, @Nullable String told) throws IOException {
    String encoding = packing.encoding();
    boolean packed = encoding != null && told != null && told.contains(encoding);
    MessageDigest digest = Sha256.newDigest();
    try (InputStream bytes = packed ? packing.under(answer) : answer) {
      bytes.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    }
    Sha256 found = Sha256.of(digest);
    return found.equals(original) || found.equals(sha256);
  }
}
