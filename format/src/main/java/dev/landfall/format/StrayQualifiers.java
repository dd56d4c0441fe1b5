package dev.landfall.format;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Doubles qualifiers that stand in a qualified field and neither close it nor are written twice, so
 * that a strict parser takes them for text, and tells in which records. Text without any passes
 * unchanged.
 *
 * <p>Where such a field ends, the next qualifier at an edge of a field tells: it closes this one,
 * or it opens another, and then this one has ended before.
 */
final class StrayQualifiers extends Reader {

  /** Farther than that no end of a field is sought. */
  private static final int FARTHEST = 1 << 20;

  /** What a record has of them. */
  enum Kind {
    NONE,
    /** Within values only. */
    TEXT,
    /** Also one that looks as if it opened a field, in a field that is open. */
    OPENING
  }

  private enum State {
    FIELD_START,
    UNQUALIFIED,
    QUALIFIED,
    /** Behind a qualifier in a qualified field. */
    QUALIFIER,
    /** Behind a stray one, in a field that ends at the next delimiter. */
    TRAILING,
    /** There, before a qualifier that was doubled. */
    TRAILING_QUALIFIER
  }

  private record Stray(long recordLine, boolean opening) {}

  private final LookAhead text;
  private final char delimiter;
  private final char qualifier;
  private final Deque<Stray> strays = new ArrayDeque<>();
  private State state = State.FIELD_START;
  private char previous;
  private char beforeQualifier;
  private long taken;
  private long line = 1;
  private long recordLine = 1;
  private long searched;
  private boolean closing;

  StrayQualifiers(Reader in, char delimiter, char qualifier) {
    text = new LookAhead(in);
    this.delimiter = delimiter;
    this.qualifier = qualifier;
  }

  /**
   * {@return what a record has of them}
   *
   * @param beganAt the line of a record that has been handed over whole; no earlier one is asked
   *     for again
   */
  Kind of(long beganAt) {
    Kind kind = Kind.NONE;
    while (!strays.isEmpty() && strays.element().recordLine() <= beganAt) {
      Stray stray = strays.remove();
      if (stray.recordLine() == beganAt && kind != Kind.OPENING) {
        kind = stray.opening() ? Kind.OPENING : Kind.TEXT;
      }
    }
    return kind;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    int at = offset;
    while (at < offset + length && text.has(0)) {
      target[at++] = next(text.at(0));
      if (state == State.UNQUALIFIED || state == State.QUALIFIED) {
        at += takeOrdinary(target, at, offset + length - at);
      }
    }
    if (at < offset + length && state == State.TRAILING) {
      state = State.QUALIFIER;
      target[at++] = qualifier;
    }
    if (at == offset && length > 0) {
      text.checkEnd();
      return -1;
    }
    return at - offset;
  }

  private char next(char ahead) {
    switch (state) {
      case FIELD_START, UNQUALIFIED -> outside(ahead);
      case QUALIFIED -> {
        if (ahead == qualifier) {
          beforeQualifier = previous;
          state = State.QUALIFIER;
        }
      }
      case QUALIFIER -> {
        if (!isEdge(ahead) && ahead != qualifier) {
          return stray();
        }
        state = ahead == qualifier ? State.QUALIFIED : State.FIELD_START;
      }
      case TRAILING -> {
        if (isEdge(ahead) || ahead == qualifier) {
          state = ahead == qualifier ? State.TRAILING_QUALIFIER : State.QUALIFIER;
          return qualifier;
        }
      }
      case TRAILING_QUALIFIER -> state = State.TRAILING;
    }
    return take();
  }

  private void outside(char ahead) {
    if (isEdge(ahead)) {
      state = State.FIELD_START;
    } else if (ahead == qualifier && state == State.FIELD_START) {
      state = State.QUALIFIED;
    } else {
      state = State.UNQUALIFIED;
    }
  }

  private boolean isEdge(char character) {
    return character == delimiter || LookAhead.isLineEnd(character);
  }

  /** Most characters change nothing. */
  private int takeOrdinary(char[] target, int offset, int length) {
    int count = text.takeUntil(delimiter, qualifier, target, offset, length);
    if (count > 0) {
      taken += count;
      previous = target[offset + count - 1];
    }
    return count;
  }

  private char take() {
    char character = text.take();
    taken++;
    if (LookAhead.isLineEnd(character)) {
      line += character == '\n' && previous == '\r' ? 0 : 1;
      recordLine = state == State.FIELD_START ? line : recordLine;
    }
    previous = character;
    return character;
  }

  /** Doubles the qualifier that was the last character. */
  private char stray() {
    Stray stray = new Stray(recordLine, isEdge(beforeQualifier));
    // A record may have a million of them.
    if (!stray.equals(strays.peekLast())) {
      strays.add(stray);
    }
    state = isClosedLater() ? State.QUALIFIED : State.TRAILING;
    return qualifier;
  }

  /** Goes on where the last search ended, so that many strays cost no more than one. */
  private boolean isClosedLater() {
    if (closing && searched > taken) {
      return true;
    }
    closing = false;
    int ahead = (int) Math.max(0, searched - taken);
    boolean edge = false;
    while (!edge && ahead < FARTHEST && text.has(ahead)) {
      if (text.at(ahead) != qualifier) {
        ahead++;
      } else if (ahead > 0 && isEdge(text.at(ahead - 1))) {
        edge = true;
      } else if (!text.has(ahead + 1) || isEdge(text.at(ahead + 1))) {
        edge = true;
        closing = true;
      } else {
        ahead += text.at(ahead + 1) == qualifier ? 2 : 1;
      }
    }
    searched = taken + ahead;
    return closing;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
