package dev.landfall.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Decodes text as its byte order mark says, or else as UTF-8 unless told otherwise, and refuses
 * what does not decode.
 *
 * <p>The JDK's reader drops what it decoded just before offending bytes. This one hands that over
 * first, so that whoever reads knows in which record they are.
 */
final class TextReader extends Reader {

  private static final int BUFFER = 64 * 1024;

  private final InputStream in;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
  private final CharsetDecoder decoder;
  private final boolean sixteenBits;
  private long bytesRead;
  private boolean noMoreBytes;

  /** Reads UTF-8 unless there is another mark. */
  TextReader(InputStream in) throws IOException {
    this(in, StandardCharsets.UTF_8);
  }

  /** For a format that has another way to tell its charset where there is no mark. */
  TextReader(InputStream in, Charset unmarked) throws IOException {
    this(in, first -> Encoding.marked(first).orElse(new Encoding(unmarked, 0)));
  }

  /** For a text whose encoding is known already. */
  TextReader(InputStream in, Encoding encoding) throws IOException {
    this(in, first -> encoding);
  }

  private TextReader(InputStream in, Function<byte[], Encoding> told) throws IOException {
    this.in = in;
    bytes.limit(0);
    fill();
    Encoding encoding = told.apply(Arrays.copyOf(bytes.array(), Math.min(4, bytes.limit())));
    bytes.position(Math.min(encoding.markLength(), bytes.limit()));
    Charset charset = encoding.charset();
    bytes.order(
        charset.equals(StandardCharsets.UTF_16LE) ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    sixteenBits =
        charset.equals(StandardCharsets.UTF_16LE) || charset.equals(StandardCharsets.UTF_16BE);
    // A charset's own decoder reports what does not decode; convenience methods replace it.
    decoder = charset.newDecoder();
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    while (true) {
      int units = sixteenBits ? takeUnits(target, offset, length) : 0;
      CharBuffer characters = CharBuffer.wrap(target, offset, length);
      CoderResult result =
          units > 0 ? CoderResult.UNDERFLOW : decoder.decode(bytes, characters, noMoreBytes);
      int count = units + length - characters.remaining();
      if (count > 0) {
        return count;
      }
      if (result.isError()) {
        throw new UndecodableException(decoder.charset(), bytesRead - bytes.remaining());
      }
      if (noMoreBytes) {
        return -1;
      }
      fill();
    }
  }

  /**
   * Takes what needs no decoding, several times as fast as the JDK's decoder: units that are
   * characters by themselves. The decoder goes on at the first that may not be.
   */
  private int takeUnits(char[] target, int offset, int length) {
    CharBuffer units = bytes.asCharBuffer();
    int most = offset + Math.min(units.remaining(), length);
    units.get(target, offset, most - offset);
    int end = offset;
    while (end < most && target[end] < Character.MIN_SURROGATE) {
      end++;
    }
    bytes.position(bytes.position() + 2 * (end - offset));
    return end - offset;
  }

  /** Reads until a byte order mark would be whole, or a good deal more. */
  private void fill() throws IOException {
    bytes.compact();
    int count = in.readNBytes(bytes.array(), bytes.position(), bytes.remaining());
    noMoreBytes = count < bytes.remaining();
    bytesRead += count;
    bytes.position(bytes.position() + count).flip();
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
