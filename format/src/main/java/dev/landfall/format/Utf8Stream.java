package dev.landfall.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Text in UTF-8, whatever it was in before. */
final class Utf8Stream extends InputStream {

  private static final int BLOCK = 32 * 1024;

  private final Reader text;
  private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
  private final CharBuffer characters = CharBuffer.allocate(BLOCK);
  private final ByteBuffer bytes = ByteBuffer.allocate(3 * BLOCK);

  /**
   * Creates the stream.
   *
   * @param text that never ends a read within a pair of surrogates
   */
  Utf8Stream(Reader text) {
    this.text = text;
    bytes.limit(0);
  }

  @Override
  public int read() throws IOException {
    return fill() ? bytes.get() & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, bytes.remaining());
    bytes.get(target, offset, count);
    return count;
  }

  private boolean fill() throws IOException {
    if (bytes.hasRemaining()) {
      return true;
    }
    int count = text.read(characters.array(), 0, BLOCK);
    if (count < 0) {
      return false;
    }
    CoderResult result = encoder.encode(characters.position(0).limit(count), bytes.clear(), false);
    if (result.isError()) {
      result.throwException();
    }
    bytes.flip();
    return true;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
