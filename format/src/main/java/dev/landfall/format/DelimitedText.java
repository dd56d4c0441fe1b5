package dev.landfall.format;

import dev.landfall.file.ExportedFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;

/**
 * Delimited text, as RFC 4180 describes it and F&amp;O exports it.
 *
 * <ul>
 *   <li>The encoding is found unless it is fixed: a byte order mark tells it; without one it is
 *       UTF-16 or UTF-32 if that shows by where the NULs are, and else UTF-8. Bytes that do not
 *       decode are refused, never replaced. Windows code pages cannot be told from each other, so
 *       they are never guessed: {@link #withCharset} fixes one.
 *   <li>The delimiter is found unless it is fixed: the comma, semicolon, tab or bar that the first
 *       line has outside of qualifiers. Two kinds of them are refused; a line without any is one
 *       name.
 *   <li>Lines end with LF, CRLF or CR. Empty lines are skipped. The last line may go without an
 *       end.
 *   <li>The first line has the names, less surrounding blanks, unless {@link #withNames} has them.
 *   <li>A field may stand in qualifiers, and must if it holds the delimiter or a line break or
 *       begins with the qualifier; within qualifiers one is written twice. Within a field that does
 *       not begin with it a qualifier is an ordinary character. One that is never closed always
 *       refuses the file, which is cut off.
 *   <li>A row with fewer fields than there are names lacks the last ones, which are then null.
 *       Fields beyond are dropped if they are empty.
 *   <li>A file without any line is an empty one, without records, and without names unless they are
 *       given.
 * </ul>
 *
 * <p>What {@link BadRecords} decides, apart from that:
 *
 * <ul>
 *   <li>A row with a surplus field that has a value refuses the file or is set aside, so that
 *       nothing is lost unseen; mended, such fields are dropped.
 *   <li>F&amp;O does not escape the qualifier in its data. A stray one, within a qualified field
 *       and not written twice, refuses the file or has its record set aside; mended, it is text.
 *       Either way the field ends where the next qualifier at an edge of a field closes it; if that
 *       one opens another field, or there is none, it ends at the next delimiter or line end. Where
 *       a stray one looks as if it opened a field itself, columns would be shifted: that is not
 *       mended but refused.
 *   <li>A blank name, or two names that differ at most in case, refuse the file; mended, they
 *       become {@code COLUMN_3} for the third column, and {@code NAME_2} for the second NAME.
 *   <li>What is beyond a limit refuses the file.
 * </ul>
 *
 * <p>A value: {@code with} methods answer a changed copy. Memory does not grow with the file, only
 * with the longest record, up to the limits.
 */
public final class DelimitedText implements RecordFormat {

  private static final int MEGA = 1 << 20;

  private final TextShape shape;
  private final TextLimits limits;

  private DelimitedText(TextShape shape, TextLimits limits) {
    this.shape = shape;
    this.limits = limits;
  }

  /** {@return the format with double quotes, all limits at their defaults, and the rest found} */
  public static DelimitedText csv() {
    return new DelimitedText(
        new TextShape(TextShape.FOUND, '"', null, List.of()), new TextLimits(MEGA, 4 * MEGA, 4096));
  }

  /**
   * {@return a copy with a fixed delimiter}
   *
   * @param character between two fields; by default it is found
   * @throws IllegalArgumentException if it is the qualifier, a line break, NUL or half of a
   *     character
   */
  public DelimitedText withDelimiter(char character) {
    TextShape.check("delimiter", character);
    return new DelimitedText(
        new TextShape(character, shape.qualifier(), shape.charset(), shape.names()), limits);
  }

  /**
   * {@return a copy with another qualifier}
   *
   * @param character around fields; a double quote by default
   * @throws IllegalArgumentException if it is the delimiter, a line break, NUL or half of a
   *     character
   */
  public DelimitedText withQualifier(char character) {
    TextShape.check("qualifier", character);
    return new DelimitedText(
        new TextShape(shape.delimiter(), character, shape.charset(), shape.names()), limits);
  }

  /**
   * {@return a copy without a qualifier: a quote is an ordinary character, and no value can hold
   * the delimiter or a line break}
   */
  public DelimitedText withoutQualifier() {
    return new DelimitedText(
        new TextShape(shape.delimiter(), TextShape.NONE, shape.charset(), shape.names()), limits);
  }

  /**
   * {@return a copy with a fixed encoding}
   *
   * @param charset of the file, such as {@code Charset.forName("windows-1252")}; by default it is
   *     found. A byte order mark of it is skipped, one of another charset refused.
   */
  public DelimitedText withCharset(Charset charset) {
    return new DelimitedText(
        new TextShape(shape.delimiter(), shape.qualifier(), charset, shape.names()), limits);
  }

  /**
   * {@return a copy for files without a header row, whose first line is a record}
   *
   * @param names of all columns, in the order of the file
   * @throws IllegalArgumentException if there is none, one is blank or has NUL, or two differ at
   *     most in case
   */
  public DelimitedText withNames(List<String> names) {
    List<String> checked = ColumnNames.given(names);
    return new DelimitedText(
        new TextShape(shape.delimiter(), shape.qualifier(), shape.charset(), checked), limits);
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
    return new DelimitedText(
        shape, new TextLimits(checked, limits.longestRecord(), limits.mostColumns()));
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
    return new DelimitedText(
        shape, new TextLimits(limits.longestField(), checked, limits.mostColumns()));
  }

  /**
   * {@return a copy with another limit for the fields of one row}
   *
   * @param count the most that are accepted; 4,096 by default, up to 1,048,576
   * @throws IllegalArgumentException if it is out of range
   */
  public DelimitedText withMostColumns(int count) {
    int checked = checked("most columns", count, MEGA);
    return new DelimitedText(
        shape, new TextLimits(limits.longestField(), limits.longestRecord(), checked));
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
    return DelimitedRecords.of(file, shape, limits, bad);
  }
}
