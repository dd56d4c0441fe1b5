package dev.landfall.format;

import java.io.IOException;
import java.io.Reader;

/** Counts what the parser has been handed. */
final class ParserInput extends Reader {

  private final Reader in;
  private long charactersRead;
  private boolean atEnd;

  ParserInput(Reader in) {
    this.in = in;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    int count = in.read(target, offset, length);
    charactersRead += Math.max(count, 0);
    atEnd = count < 0;
    return count;
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
}
