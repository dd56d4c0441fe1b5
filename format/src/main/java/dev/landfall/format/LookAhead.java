package dev.landfall.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Text that can be looked at before it is taken. */
final class LookAhead implements Closeable {

  private static final int BLOCK = 8192;

  private final Reader in;
  private char[] buffer = new char[2 * BLOCK];
  private int position;
  private int limit;
  private boolean ended;
  private @Nullable IOException failure;

  LookAhead(Reader in) {
    this.in = in;
  }

  /**
   * {@return whether there is a character}
   *
   * @param distance 0 for the next one
   */
  boolean has(int distance) {
    while (position + distance >= limit && !ended) {
      load();
    }
    return position + distance < limit;
  }

  /** {@return a character that there is} */
  char at(int distance) {
    return buffer[position + distance];
  }

  /** {@return the next character, which there is, taken} */
  char take() {
    return buffer[position++];
  }

  /**
   * Takes characters up to a line end or one of two others.
   *
   * @return how many
   */
  int takeUntil(char one, char other, char[] target, int offset, int length) {
    int most = Math.min(limit, position + length);
    int end = position;
    while (end < most && !isLineEnd(buffer[end]) && buffer[end] != one && buffer[end] != other) {
      end++;
    }
    int count = end - position;
    System.arraycopy(buffer, position, target, offset, count);
    position = end;
    return count;
  }

  static boolean isLineEnd(char character) {
    return character == '\r' || character == '\n';
  }

  /**
   * Fails if that is why there is no next character: whoever reads hears of it where it is, not
   * where somebody looked ahead.
   */
  void checkEnd() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  private void load() {
    makeRoom();
    try {
      int count = in.read(buffer, limit, Math.min(BLOCK, buffer.length - limit));
      ended = count < 0;
      limit += Math.max(count, 0);
    } catch (IOException unreadable) {
      failure = unreadable;
      ended = true;
    }
  }

  /** Moves only what is at most half of the buffer, so that looking far costs no more each time. */
  private void makeRoom() {
    if (limit < buffer.length) {
      return;
    }
    if (position < buffer.length / 2) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
      return;
    }
    System.arraycopy(buffer, position, buffer, 0, limit - position);
    limit -= position;
    position = 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
