package dev.landfall.format;

/** Finds the delimiter of a text by its first line. */
final class DelimiterSearch {

  private static final String DELIMITERS = ",;\t|";

  private final char qualifier;
  private final long line;
  private char found = TextShape.FOUND;
  private boolean atField = true;
  private boolean qualified;
  private boolean inside;

  private DelimiterSearch(char qualifier, long line) {
    this.qualifier = qualifier;
    this.line = line;
  }

  /**
   * {@return the delimiter outside of qualifiers on the first line that is not empty; a comma if
   * there is none}
   *
   * @throws MalformedFileException if there are two
   */
  static char in(CharSequence text, char qualifier) {
    long line = 1;
    int i = 0;
    for (; i < text.length() && isLineEnd(text.charAt(i)); i++) {
      boolean half = text.charAt(i) == '\n' && i > 0 && text.charAt(i - 1) == '\r';
      line += half ? 0 : 1;
    }
    DelimiterSearch search = new DelimiterSearch(qualifier, line);
    for (; i < text.length() && (search.inside || !isLineEnd(text.charAt(i))); i++) {
      search.look(text.charAt(i));
    }
    return search.found == TextShape.FOUND ? ',' : search.found;
  }

  private static boolean isLineEnd(char character) {
    return character == '\r' || character == '\n';
  }

  private void look(char character) {
    if (character == qualifier) {
      qualified |= atField;
      inside ^= qualified;
      atField = false;
    } else if (!inside && DELIMITERS.indexOf(character) >= 0) {
      checkOneKind(character);
      found = character;
      atField = true;
      qualified = false;
    } else {
      atField = false;
    }
  }

  private void checkOneKind(char character) {
    if (found != TextShape.FOUND && found != character) {
      throw new MalformedFileException(
          line,
          (": one kind of delimiter was expected, and there are U+%04X and U+%04X. Fix one with"
                  + " withDelimiter.")
              .formatted((int) found, (int) character),
          null);
    }
  }
}
