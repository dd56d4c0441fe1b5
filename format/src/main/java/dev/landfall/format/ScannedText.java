package dev.landfall.format;

import dev.landfall.file.ExportedFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The bytes behind a header, handed on once they are scanned. */
final class ScannedText extends PlainText {

  private final InputStream utf8;
  private final PlainScanner scanner;
  private final TextLayout layout;
  private long headers;

  private ScannedText(InputStream utf8, PlainScanner scanner, TextLayout layout) {
    this.utf8 = utf8;
    this.scanner = scanner;
    this.layout = layout;
  }

  /** {@return whether there is a plain text that looks like this} */
  static boolean isPossible(TextLayout layout) {
    return isPlain(layout.delimiter()) && layout.hasQualifier() && isPlain(layout.qualifier());
  }

  /** A backslash may be the first half of the mark that ends PostgreSQL's data, a dot the other. */
  private static boolean isPlain(char character) {
    return character < 0x80 && character != '\\' && character != '.';
  }

  /** {@return the text behind the header; empty if the header already is not plain} */
  static Optional<ScannedText> of(
      ExportedFile file, TextLayout layout, TextLimits limits, int width, boolean withHeader)
      throws IOException {
    PlainScanner scanner =
        new PlainScanner((byte) layout.delimiter(), (byte) layout.qualifier(), limits, width);
    InputStream utf8 = new BufferedInputStream(utf8(file, layout.encoding()));
    ScannedText scanned = new ScannedText(utf8, scanner, layout);
    try {
      if (withHeader) {
        scanned.skipHeader();
      }
      return Optional.of(scanned);
    } catch (NotPlainException header) {
      scanned.close();
      return Optional.empty();
    } catch (IOException | RuntimeException | Error unreadable) {
      try (scanned) {
        throw unreadable;
      }
    }
  }

  private static InputStream utf8(ExportedFile file, Encoding encoding) throws IOException {
    InputStream bytes = file.open();
    try {
      if (!encoding.charset().equals(StandardCharsets.UTF_8)) {
        return new Utf8Stream(new TextReader(bytes, encoding));
      }
      bytes.skipNBytes(encoding.markLength());
      return bytes;
    } catch (IOException | RuntimeException | Error unreadable) {
      try (bytes) {
        throw unreadable;
      }
    }
  }

  private void skipHeader() throws IOException {
    byte[] one = new byte[1];
    int count = 1;
    while (count > 0 && scanner.records() == 0) {
      count = read(one, 0, 1);
    }
    headers = scanner.records();
  }

  @Override
  public char delimiter() {
    return layout.delimiter();
  }

  @Override
  public char qualifier() {
    return layout.qualifier();
  }

  @Override
  public long records() {
    return scanner.records() - headers;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = readUtf8(target, offset, length);
    if (count < 0) {
      scanner.end();
    } else {
      scanner.scan(target, offset, offset + count);
    }
    return count;
  }

  private int readUtf8(byte[] target, int offset, int length) throws IOException {
    try {
      return utf8.read(target, offset, length);
    } catch (CharacterCodingException undecodable) {
      throw new NotPlainException("Not plain: " + undecodable.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    utf8.close();
  }
}
