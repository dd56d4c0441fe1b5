package dev.landfall.format;

import dev.landfall.file.ExportedFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of one format.
 *
 * <p>Called by a sink, for different files by several threads at once and for the same file again
 * after a failure. {@link #any} finds out which format a file has; {@link DelimitedText},
 * {@link XmlText}, {@link JsonText} and {@link Workbook} are those that are there.
 */
@FunctionalInterface
public interface RecordFormat {

  /**
   * {@return a format that reads each file as whichever of these it is}
   *
   * <ul>
   *   <li>A zip is a {@link Workbook}; a data package is refused, as {@link PackageEntities} is
   *       there for it.
   *   <li>What is called {@code .csv}, {@code .txt}, {@code .tsv} or {@code .tab} is
   *       {@link DelimitedText}, and {@code .jsonl} or {@code .ndjson} {@link JsonText} in lines.
   *   <li>What begins with {@code <}, blanks aside, is {@link XmlText}, with <code>{</code> or
   *       {@code [} {@link JsonText}.
   *   <li>Anything else is what its name tells, and delimited text if it tells nothing.
   * </ul>
   *
   * <p>All have their defaults; a format of your own choice reads files of that format only.
   */
  static RecordFormat any() {
    return AnyFormat.ANY;
  }

  /**
   * Opens a file and reads as far as its names.
   *
   * @param file complete and verified; read and never changed
   * @param bad what becomes of records that break a rule
   * @return its records, to be closed by the caller
   * @throws MalformedFileException if it does not begin as a file of this format does
   * @throws IOException if the local disk cannot be read
   */
  Records read(ExportedFile file, BadRecords bad) throws IOException;

  /**
   * Opens a file that is refused at the first bad record.
   *
   * @param file complete and verified; read and never changed
   * @return its records, to be closed by the caller
   * @throws MalformedFileException if it does not begin as a file of this format does
   * @throws IOException if the local disk cannot be read
   */
  default Records read(ExportedFile file) throws IOException {
    return read(file, BadRecords.refused());
  }

  /**
   * The records of one open file, in the file's order.
   *
   * <p>For one thread. After an exception it can only be closed.
   */
  interface Records extends Closeable {

    /**
     * {@return the names of the values of each record, in order, unchangeable, no two equal when
     * cases are not told apart; none if the file is empty}
     */
    List<String> names();

    /**
     * {@return the next record, or null after the last}
     *
     * @throws MalformedFileException if the file breaks a rule of its format here
     * @throws IOException if the local disk cannot be read
     */
    @Nullable
    ExportedRecord next() throws IOException;

    /**
     * {@return all records as plain text for a database that reads such text itself, if this file
     * may be that; asked before the first record is read, which is then read from there}
     *
     * <p>Reading it tells whether the file really is so plain; see {@link PlainText}. By default no
     * file is.
     *
     * @throws IOException if the local disk cannot be read
     */
    default Optional<PlainText> plain() throws IOException {
      return Optional.empty();
    }
  }
}
