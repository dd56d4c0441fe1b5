package dev.landfall.sink.s3;

import dev.landfall.file.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an object that is to be, readable any number of times, from anywhere.
 *
 * @param bytes where they are
 * @param length how many
 * @param sha256 their digest
 * @param type their media type
 * @param encoding how they are compressed, as HTTP names it, or null
 */
record Content(
    Bytes bytes,
    long length,
    Sha256 sha256,
    String type,
    @Nullable String encoding) {

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
    return new Content(
        offset -> new ByteArrayInputStream(document, (int) offset, document.length - (int) offset),
        document.length,
        Sha256.of(document),
        type,
        null);
  }

  /** {@return all of it} */
  Part whole() {
    return new Part(this, 1, 0, length);
  }
}
