package dev.landfall.format;

import dev.landfall.file.ExportedFile;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON with one object for each record, as <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC
 * 8259</a> describes it.
 *
 * <ul>
 *   <li>The records are the elements of an array; or of the one array of objects that is a member
 *       of an object, such as {@code value} in OData; or objects one after another, as in JSON
 *       lines. That is found out unless {@link #withArray} or {@link #withLines} tells it. An empty
 *       array counts as one of objects if all other members of its object begin with {@code @}.
 *   <li>A string is its text; a number is what the file has, digit by digit; {@code true} and
 *       {@code false} are these words; {@code null} and a member that is not there are null; an
 *       object or array within a record is its JSON, without blanks.
 *   <li>Members may be left out, so only a whole file tells all names: it is read twice, unless
 *       {@link #withNames} tells them.
 *   <li>The bytes are UTF-8, or UTF-16 or UTF-32 with a byte order mark, or UTF-16 without one.
 *       Bytes that do not decode are refused, never replaced.
 * </ul>
 *
 * <p>A bad record is one that is no object, that has a name twice or blank, or half a character in
 * a string. One with an unknown name is bad, too, and mended by dropping that. What is no JSON
 * refuses the file.
 *
 * <p>A value: {@code with} methods answer a changed copy. Memory does not grow with the file, only
 * with the longest record, up to the limits.
 */
public final class JsonText implements RecordFormat {

  private static final JsonText DEFAULTS = new JsonText(RecordLimits.DEFAULTS, null, null);

  private final RecordLimits limits;
  private final @Nullable JsonLayout layout;
  private final @Nullable List<String> names;

  private JsonText(RecordLimits limits, @Nullable JsonLayout layout, @Nullable List<String> names) {
    this.limits = limits;
    this.layout = layout;
    this.names = names;
  }

  /** {@return the format with layout and names as the file has them and default limits} */
  public static JsonText json() {
    return DEFAULTS;
  }

  /**
   * {@return a copy that finds the records in an array that is a member of the one object}
   *
   * @param member its name, such as {@code value}
   */
  public JsonText withArray(String member) {
    return new JsonText(limits, JsonLayout.inMember(member, true), names);
  }

  /** {@return a copy that takes each object for a record, with blanks or line ends between them} */
  public JsonText withLines() {
    return new JsonText(limits, JsonLayout.LINES, names);
  }

  /**
   * {@return a copy that knows the names beforehand, and reads a file once only}
   *
   * @param known all names that a record may have; a record with another is bad
   * @throws IllegalArgumentException if there is none, one is blank or has a NUL, or two differ at
   *     most in case
   */
  public JsonText withNames(List<String> known) {
    return new JsonText(limits, layout, Columns.checked(known));
  }

  /**
   * {@return a copy with another limit for one value, number or name}
   *
   * @param characters the most that are accepted, UTF-16 units; 1,048,576 by default, up to
   *     134,217,728
   * @throws IllegalArgumentException if it is out of range
   */
  public JsonText withLongestField(int characters) {
    return new JsonText(limits.withLongestField(characters), layout, names);
  }

  /**
   * {@return a copy with another limit for all values of one record together}
   *
   * @param characters the most that are accepted, UTF-16 units; 4,194,304 by default, up to
   *     1,073,741,824
   * @throws IllegalArgumentException if it is out of range
   */
  public JsonText withLongestRecord(int characters) {
    return new JsonText(limits.withLongestRecord(characters), layout, names);
  }

  /**
   * {@return a copy with another limit for the names of a file}
   *
   * @param count the most that are accepted; 4,096 by default, up to 1,048,576
   * @throws IllegalArgumentException if it is out of range
   */
  public JsonText withMostColumns(int count) {
    return new JsonText(limits.withMostColumns(count), layout, names);
  }

  /**
   * {@return a copy with another limit for objects and arrays within each other}
   *
   * @param levels the most that are accepted; 32 by default, up to 1,000
   * @throws IllegalArgumentException if it is out of range
   */
  public JsonText withDeepest(int levels) {
    return new JsonText(limits.withDeepest(levels), layout, names);
  }

  @Override
  public Records read(ExportedFile file, BadRecords bad) throws IOException {
    JsonLayout found = layout == null ? JsonLayout.of(file, limits) : layout;
    Columns columns =
        names == null ? JsonRecords.columnsOf(file, found, limits) : Columns.of(names);
    return new JsonRecords(
        JsonElements.open(file, found, limits), new NamedValues(columns, limits, bad));
  }
}
