package dev.landfall.format;

import dev.landfall.file.ExportedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;

/**
 * What one delimited text looks like: what its user has fixed, and for the rest what is found at
 * its beginning.
 *
 * @param qualifier or {@link TextShape#NONE}
 */
record TextLayout(Encoding encoding, char delimiter, char qualifier) {

  private static final int BEGINNING = 64 * 1024;

  static TextLayout of(ExportedFile file, TextShape shape) throws IOException {
    byte[] first;
    try (InputStream bytes = file.open()) {
      first = bytes.readNBytes(BEGINNING);
    }
    Encoding encoding = Encoding.of(first, shape.charset());
    char delimiter = shape.delimiter() == TextShape.FOUND
        ? DelimiterSearch.in(decoded(first, encoding), shape.qualifier())
        : shape.delimiter();
    return new TextLayout(encoding, delimiter, shape.qualifier());
  }

  boolean hasQualifier() {
    return qualifier != TextShape.NONE;
  }

  /** Whoever reads all of it refuses what does not decode. */
  private static CharBuffer decoded(byte[] first, Encoding encoding) throws IOException {
    return encoding
        .charset()
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .onUnmappableCharacter(CodingErrorAction.REPLACE)
        .decode(ByteBuffer.wrap(first).position(encoding.markLength()));
  }
}
