package dev.landfall.format;

import dev.landfall.file.ExportedFile;
import java.io.IOException;
import java.io.InputStream;

/**
 * Delimited text with a header row, as RFC 4180 describes it and F&amp;O exports it.
 *
 * <ul>
 *   <li>The bytes are UTF-8, or UTF-16 or UTF-32 with a byte order mark. Bytes that do not decode
 *       are refused, never replaced.
 *   <li>Lines end with LF, CRLF or CR. Empty lines are skipped. The last line may go without an
 *       end.
 *   <li>The first line has the names, less surrounding blanks. A blank name, or two names that
 *       differ at most in case, are refused.
 *   <li>A field may stand in double quotes, and must if it holds the delimiter, a quote or a line
 *       break; within quotes a quote is written twice. A quote that is never closed, or anything
 *       between a closing quote and the next delimiter, is refused: F&amp;O does not escape the
 *       text qualifier in its data, and to guess would shift columns.
 *   <li>A row with fewer fields than the header lacks the last ones, which are then null. Fields
 *       beyond the header are dropped if they are empty; one with a value refuses the file, so that
 *       nothing is lost unseen.
 *   <li>A file without any line is an empty one, without names and records.
 * </ul>
 *
 * <p>A value: {@code with} methods answer a changed copy. Memory does not grow with the file, only
 * with the longest record, up to the limits.
 */
public final class DelimitedText implements RecordFormat {

  private static final int MEGA = 1 << 20;

  private final char delimiter;
  private final int longestField;
  private final int longestRecord;
  private final int mostColumns;

  private DelimitedText(char delimiter, int longestField, int longestRecord, int mostColumns) {
    this.delimiter = delimiter;
    this.longestField = longestField;
    this.longestRecord = longestRecord;
    this.mostColumns = mostColumns;
  }

  /** {@return the format with commas and all limits at their defaults} */
  public static DelimitedText csv() {
    return new DelimitedText(',', MEGA, 4 * MEGA, 4096);
  }

  /**
   * {@return a copy with another delimiter}
   *
   * @param character between two fields; a comma by default
   * @throws IllegalArgumentException if it is a double quote, a line break or NUL
   */
  public DelimitedText withDelimiter(char character) {
    if (character == '"' || character == '\r' || character == '\n' || character == 0) {
      throw new IllegalArgumentException(
          "A delimiter is one character such as a comma, a semicolon or a tab, and no double quote,"
              + " line break or NUL; this one is U+%04X.".formatted((int) character));
    }
    return new DelimitedText(character, longestField, longestRecord, mostColumns);
  }

  /**
   * {@return a copy with another limit for one field}
   *
   * @param characters the most that are accepted, UTF-16 units; 1,048,576 by default, up to
   *     134,217,728
   * @throws IllegalArgumentException if it is out of range
   */
  public DelimitedText withLongestField(int characters) {
    int checked = checked("longest field", characters, 128 * MEGA);
    return new DelimitedText(delimiter, checked, longestRecord, mostColumns);
  }

  /**
   * {@return a copy with another limit for all fields of one record together}
   *
   * @param characters the most that are accepted, UTF-16 units; 4,194,304 by default, up to
   *     1,073,741,824
   * @throws IllegalArgumentException if it is out of range
   */
  public DelimitedText withLongestRecord(int characters) {
    int checked = checked("longest record", characters, 1024 * MEGA);
    return new DelimitedText(delimiter, longestField, checked, mostColumns);
  }

  /**
   * {@return a copy with another limit for the fields of one row}
   *
   * @param count the most that are accepted; 4,096 by default, up to 1,048,576
   * @throws IllegalArgumentException if it is out of range
   */
  public DelimitedText withMostColumns(int count) {
    return new DelimitedText(
        delimiter, longestField, longestRecord, checked("most columns", count, MEGA));
  }

  private static int checked(String limit, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          "The limit '%s' is 1 to %d; %d is not.".formatted(limit, most, value));
    }
    return value;
  }

  @Override
  public Records read(ExportedFile file, BadRecords bad) throws IOException {
    InputStream bytes = file.open();
    try {
      return new DelimitedRecords(bytes, this);
    } catch (IOException | RuntimeException | Error unreadable) {
      try (bytes) {
        throw unreadable;
      }
    }
  }

  char delimiter() {
    return delimiter;
  }

  int longestField() {
    return longestField;
  }

  int longestRecord() {
    return longestRecord;
  }

  int mostColumns() {
    return mostColumns;
  }
}
