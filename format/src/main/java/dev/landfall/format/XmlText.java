package dev.landfall.format;

import dev.landfall.file.ExportedFile;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * XML with one element for each record below the root, as <a href="https://www.w3.org/TR/xml/">XML
 * 1.0</a> describes it and F&amp;O exports it.
 *
 * <ul>
 *   <li>The values of a record are its attributes and the elements in it, in both of F&amp;O's
 *       styles and in mixtures of them. Names are taken without prefix and namespace. The root may
 *       be called anything; all records are called as the first one is.
 *   <li>A value is the text of its element as it stands, empty if there is none; an element with
 *       {@code xsi:nil} has null, and so has a record without the element or attribute.
 *   <li>F&amp;O leaves out what is empty, so only a whole file tells all names: it is read twice,
 *       unless {@link #withNames} tells them.
 *   <li>The bytes are UTF-8 or UTF-16, with a byte order mark or without, UTF-32 with one, or a
 *       charset of one byte that is declared. Bytes that do not decode are refused, never replaced.
 *   <li>A document type is refused, and with it entities of one's own; nothing outside of the file
 *       is read.
 * </ul>
 *
 * <p>A bad record is one with elements within a value, with a name twice, or of another element
 * than the first record. One with an unknown name, with text between its values or with attributes
 * at a value is bad, too, and mended by dropping those. What is not well-formed refuses the file.
 *
 * <p>A value: {@code with} methods answer a changed copy. Memory does not grow with the file, only
 * with the longest record, up to the limits.
 */
public final class XmlText implements RecordFormat {

  private static final XmlText DEFAULTS = new XmlText(RecordLimits.DEFAULTS, null);

  private final RecordLimits limits;
  private final @Nullable List<String> names;

  private XmlText(RecordLimits limits, @Nullable List<String> names) {
    this.limits = limits;
    this.names = names;
  }

  /** {@return the format with names as the file has them and all limits at their defaults} */
  public static XmlText xml() {
    return DEFAULTS;
  }

  /**
   * {@return a copy that knows the names beforehand, and reads a file once only}
   *
   * @param known all names that a record may have; a record with another is bad
   * @throws IllegalArgumentException if there is none, one is blank or has a NUL, or two differ at
   *     most in case
   */
  public XmlText withNames(List<String> known) {
    return new XmlText(limits, Columns.checked(known));
  }

  /**
   * {@return a copy with another limit for one value}
   *
   * @param characters the most that are accepted, UTF-16 units; 1,048,576 by default, up to
   *     134,217,728
   * @throws IllegalArgumentException if it is out of range
   */
  public XmlText withLongestField(int characters) {
    return new XmlText(limits.withLongestField(characters), names);
  }

  /**
   * {@return a copy with another limit for all values of one record together}
   *
   * @param characters the most that are accepted, UTF-16 units; 4,194,304 by default, up to
   *     1,073,741,824
   * @throws IllegalArgumentException if it is out of range
   */
  public XmlText withLongestRecord(int characters) {
    return new XmlText(limits.withLongestRecord(characters), names);
  }

  /**
   * {@return a copy with another limit for the names of a file}
   *
   * @param count the most that are accepted; 4,096 by default, up to 1,048,576
   * @throws IllegalArgumentException if it is out of range
   */
  public XmlText withMostColumns(int count) {
    return new XmlText(limits.withMostColumns(count), names);
  }

  /**
   * {@return a copy with another limit for elements within elements}
   *
   * @param levels the most that are accepted; 32 by default, up to 1,000
   * @throws IllegalArgumentException if it is out of range
   */
  public XmlText withDeepest(int levels) {
    return new XmlText(limits.withDeepest(levels), names);
  }

  @Override
  public Records read(ExportedFile file, BadRecords bad) throws IOException {
    Columns columns = names == null ? XmlRecords.columnsOf(file, limits) : Columns.of(names);
    return new XmlRecords(XmlElements.open(file, limits), new NamedValues(columns, limits, bad));
  }
}
