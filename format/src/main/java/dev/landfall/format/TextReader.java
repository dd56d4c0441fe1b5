package dev.landfall.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Decodes text as its byte order mark says, or else as UTF-8 unless told otherwise, and refuses
 * what does not decode.
 *
 * <p>The JDK's reader drops what it decoded just before offending bytes. This one hands that over
 * first, so that whoever reads knows in which record they are.
 */
final class TextReader extends Reader {

  private static final int BUFFER = 16 * 1024;

  private final InputStream in;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
  private final CharsetDecoder decoder;
  private long bytesRead;
  private long charactersRead;
  private boolean noMoreBytes;
  private boolean atEnd;

  TextReader(InputStream in) throws IOException {
    this(in, StandardCharsets.UTF_8);
  }

  /** For a format that has another way to tell its charset where there is no mark. */
  TextReader(InputStream in, Charset unmarked) throws IOException {
    this.in = in;
    bytes.limit(0);
    fill();
    // A charset's own decoder reports what does not decode; convenience methods replace it.
    decoder = charset(unmarked).newDecoder();
  }

  private Charset charset(Charset unmarked) {
    // The mark of UTF-32LE begins with that of UTF-16LE.
    if (skip(0xFF, 0xFE, 0, 0)) {
      return Charset.forName("UTF-32LE");
    }
    if (skip(0, 0, 0xFE, 0xFF)) {
      return Charset.forName("UTF-32BE");
    }
    if (skip(0xFF, 0xFE)) {
      return StandardCharsets.UTF_16LE;
    }
    if (skip(0xFE, 0xFF)) {
      return StandardCharsets.UTF_16BE;
    }
    return skip(0xEF, 0xBB, 0xBF) ? StandardCharsets.UTF_8 : unmarked;
  }

  private boolean skip(int... mark) {
    if (bytes.remaining() < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes.get(i) & 0xFF) != mark[i]) {
        return false;
      }
    }
    bytes.position(mark.length);
    return true;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    CharBuffer characters = CharBuffer.wrap(target, offset, length);
    while (true) {
      CoderResult result = decoder.decode(bytes, characters, noMoreBytes);
      int count = length - characters.remaining();
      if (count > 0) {
        charactersRead += count;
        return count;
      }
      if (result.isError()) {
        throw new UndecodableException(decoder.charset(), bytesRead - bytes.remaining());
      }
      if (noMoreBytes) {
        atEnd = true;
        return -1;
      }
      fill();
    }
  }

  /** Reads until a byte order mark would be whole, or a good deal more. */
  private void fill() throws IOException {
    bytes.compact();
    int count = in.readNBytes(bytes.array(), bytes.position(), bytes.remaining());
    noMoreBytes = count < bytes.remaining();
    bytesRead += count;
    bytes.position(bytes.position() + count).flip();
  }

  /** {@return how many characters were handed over} */
  long charactersRead() {
    return charactersRead;
  }

  /** {@return whether the end was handed over} */
  boolean atEnd() {
    return atEnd;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Bytes that are no text in the file's charset. */
  static final class UndecodableException extends CharacterCodingException {

    @Serial
    private static final long serialVersionUID = 1;

    private final String message;

    private UndecodableException(Charset charset, long offset) {
      message = ("text in %s was expected, and the bytes from offset %d on are none. Export it in"
              + " UTF-8, or with a byte order mark.")
          .formatted(charset, offset);
    }

    @Override
    public String getMessage() {
      return message;
    }
  }
}
