package dev.landfall.format;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.landfall.format.TextReader.UndecodableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Drives the parser, and turns what it refuses into one kind of exception with a place in it. */
final class DelimitedRecords implements RecordFormat.Records {

  /** The most that the parser reads at once, hence beyond the field it is in. */
  private static final int READ_AHEAD = 8192;

  private final DelimitedText format;
  private final TextReader text;
  private final RowCollector rows;
  private final CloseableIterator<ExportedRecord> parser;
  private final List<String> names;

  DelimitedRecords(InputStream bytes, DelimitedText format) throws IOException {
    this.format = format;
    text = new TextReader(bytes);
    rows = new RowCollector(format, text);
    parser = CsvReader.builder()
        .fieldSeparator(format.delimiter())
        .allowUnclosedQuote(false)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .maxBufferSize(bufferFor(format.longestField()))
        .build(rows, text)
        .iterator();
    next();
    names = rows.names();
  }

  /**
   * A field's quotes count in the buffer, two for each in the worst case. The parser doubles its
   * buffer from 16 Ki on and must not be stopped half-way, hence a power of two.
   */
  private static int bufferFor(int longestField) {
    int least = 2 * longestField + 2 + 2 * READ_AHEAD;
    return Integer.highestOneBit(least) << 1;
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public @Nullable ExportedRecord next() throws IOException {
    try {
      return parser.hasNext() ? parser.next() : null;
    } catch (UncheckedIOException unreadable) {
      IOException cause = unreadable.getCause();
      if (cause instanceof UndecodableException undecodable) {
        throw rows.malformed(undecodable.getMessage(), undecodable);
      }
      throw cause;
    } catch (CsvParseException refused) {
      if (refused.getCause() instanceof RuntimeException thrownByRows) {
        throw thrownByRows;
      }
      if (refused.getCause() instanceof Error fatal) {
        throw fatal;
      }
      throw rows.malformed(expected(), refused);
    }
  }

  /** The parser has three refusals of its own, told apart by text alone; this needs none. */
  private String expected() {
    if (text.atEnd()) {
      return "a closing quote was expected before the end of the file. Is the file whole?";
    }
    if (rows.inField() > format.longestField()) {
      return rows.fieldTooLong();
    }
    return ("after the closing quote the delimiter U+%04X or the end of the line was expected. Is a"
            + " quote within the value not written twice?")
        .formatted((int) format.delimiter());
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
