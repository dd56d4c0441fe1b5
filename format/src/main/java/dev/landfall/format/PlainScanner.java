package dev.landfall.format;

import dev.landfall.format.PlainText.NotPlainException;

/**
 * Looks at each byte of a text in UTF-8 whether everybody reads it alike, PostgreSQL's COPY in
 * particular, and counts records.
 *
 * <p>Source: PostgreSQL 17, {@code copyfromparse.c}: lines that end differently are refused there,
 * an empty line is a record, a line of a backslash and a dot ends the data, and within a field a
 * qualifier switches qualification on and off.
 */
final class PlainScanner {

  private static final byte ORDINARY = 0;
  private static final byte DELIMITER = 1;
  private static final byte QUALIFIER = 2;
  private static final byte CR = 3;
  private static final byte LF = 4;
  private static final byte NUL = 5;
  private static final byte BACKSLASH = 6;

  private enum State {
    RECORD_START,
    /** Behind a backslash that begins a record. */
    BACKSLASH_FIRST,
    FIELD_START,
    UNQUALIFIED,
    QUALIFIED,
    /** Behind a qualifier in a qualified field. */
    QUALIFIER_SEEN,
    CR_SEEN
  }

  private final byte[] kinds = new byte[256];
  private final byte qualifier;
  private final TextLimits limits;
  private final int width;
  private State state = State.RECORD_START;
  private int fields;
  private long records;
  private long position;
  private long recordBegan;
  private long fieldBegan;
  private boolean anyEnd;
  private boolean endsWithCr;

  /**
   * Creates the scanner.
   *
   * @param width how many fields each record has
   */
  PlainScanner(byte delimiter, byte qualifier, TextLimits limits, int width) {
    this.qualifier = qualifier;
    this.limits = limits;
    this.width = width;
    kinds[0] = NUL;
    kinds['\r'] = CR;
    kinds['\n'] = LF;
    kinds['\\'] = BACKSLASH;
    kinds[delimiter] = DELIMITER;
    kinds[qualifier] = QUALIFIER;
  }

  long records() {
    return records;
  }

  /** Looks at the bytes of a block, which follow those of the block before. */
  void scan(byte[] block, int from, int to) throws NotPlainException {
    long before = position - from;
    int at = from;
    while (at < to) {
      position = before + at;
      if (state == State.UNQUALIFIED) {
        at = skipUnqualified(block, at, to);
      } else if (state == State.QUALIFIED) {
        at = skipQualified(block, at, to);
      }
      if (at < to) {
        position = before + at;
        look(block[at]);
        at++;
      }
    }
    position = before + to;
    checkLimits();
  }

  /** Most bytes are in unqualified fields behind others, and need no more than this. */
  private int skipUnqualified(byte[] block, int from, int to) throws NotPlainException {
    byte[] kindOf = kinds;
    long before = position - from;
    int at = from;
    while (at < to) {
      byte kind = kindOf[block[at] & 0xFF];
      if (kind == DELIMITER && at + 1 < to && kindOf[block[at + 1] & 0xFF] == ORDINARY) {
        position = before + at;
        endField(DELIMITER);
        state = State.UNQUALIFIED;
      } else if (kind != ORDINARY) {
        break;
      }
      at++;
    }
    return at;
  }

  private int skipQualified(byte[] block, int from, int to) {
    int at = from;
    while (at < to && block[at] != qualifier && block[at] != 0) {
      at++;
    }
    return at;
  }

  /** Goes on behind the byte at the position. */
  private void look(byte character) throws NotPlainException {
    byte kind = kinds[character & 0xFF];
    if (kind == NUL) {
      throw notPlain("has a NUL character");
    }
    switch (state) {
      case RECORD_START -> begin(kind);
      case BACKSLASH_FIRST -> {
        if (character == '.') {
          throw notPlain("begins with a backslash and a dot");
        }
        unqualified(kind);
      }
      case FIELD_START -> field(kind);
      case UNQUALIFIED -> unqualified(kind);
      case QUALIFIED -> state = kind == QUALIFIER ? State.QUALIFIER_SEEN : State.QUALIFIED;
      case QUALIFIER_SEEN -> closed(kind);
      case CR_SEEN -> lineEnd(kind);
    }
  }

  private void begin(byte kind) throws NotPlainException {
    if (kind == CR || kind == LF) {
      throw notPlain("is an empty line");
    }
    if (kind == BACKSLASH) {
      state = State.BACKSLASH_FIRST;
    } else {
      field(kind);
    }
  }

  private void field(byte kind) throws NotPlainException {
    if (kind == QUALIFIER) {
      state = State.QUALIFIED;
    } else {
      unqualified(kind);
    }
  }

  private void unqualified(byte kind) throws NotPlainException {
    if (kind == QUALIFIER) {
      throw notPlain("has a qualifier in a field that does not begin with one");
    }
    if (kind == ORDINARY || kind == BACKSLASH) {
      state = State.UNQUALIFIED;
    } else {
      endField(kind);
    }
  }

  private void closed(byte kind) throws NotPlainException {
    if (kind == QUALIFIER) {
      state = State.QUALIFIED;
    } else if (kind == ORDINARY || kind == BACKSLASH) {
      throw notPlain("has something behind a closing qualifier");
    } else {
      endField(kind);
    }
  }

  private void endField(byte kind) throws NotPlainException {
    checkLimits();
    fields++;
    fieldBegan = position + 1;
    state = State.FIELD_START;
    if (kind == CR) {
      state = State.CR_SEEN;
    } else if (kind == LF) {
      endLine(false);
    }
  }

  private void lineEnd(byte kind) throws NotPlainException {
    if (kind != LF) {
      throw notPlain("has a CR without LF");
    }
    endLine(true);
  }

  private void endLine(boolean withCr) throws NotPlainException {
    if (anyEnd && withCr != endsWithCr) {
      throw notPlain("does not end as the lines before");
    }
    anyEnd = true;
    endsWithCr = withCr;
    endRecord();
  }

  private void endRecord() throws NotPlainException {
    if (fields != width) {
      throw notPlain("has %d fields, where there are %d names".formatted(fields, width));
    }
    records++;
    fields = 0;
    recordBegan = position + 1;
    fieldBegan = recordBegan;
    state = State.RECORD_START;
  }

  /** Ends the last record, which may go without a line end. */
  void end() throws NotPlainException {
    switch (state) {
      case RECORD_START -> {}
      case BACKSLASH_FIRST, FIELD_START, UNQUALIFIED, QUALIFIER_SEEN -> {
        checkLimits();
        fields++;
        endRecord();
      }
      case QUALIFIED -> throw notPlain("is not closed before the end of the file");
      case CR_SEEN -> throw notPlain("has a CR without LF");
    }
  }

  /** Bytes are at least as many as characters, so this may be stricter than need be. */
  private void checkLimits() throws NotPlainException {
    if (position - fieldBegan > limits.longestField()
        || position - recordBegan > limits.longestRecord()) {
      throw notPlain("may be longer than the limits allow");
    }
  }

  private NotPlainException notPlain(String what) {
    return new NotPlainException("Not plain: row %d %s.".formatted(records + 1, what));
  }
}
