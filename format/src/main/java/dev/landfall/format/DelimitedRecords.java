package dev.landfall.format;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.landfall.file.ExportedFile;
import dev.landfall.format.TextReader.UndecodableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Drives the parser, and turns what it refuses into one kind of exception with a place in it. */
final class DelimitedRecords implements RecordFormat.Records {

  /** The most that the parser reads at once, hence beyond the field it is in. */
  private static final int READ_AHEAD = 8192;

  /** No field begins with half of a character, so none is qualified by it. */
  private static final char NEVER_AT_FIELD_START = Character.MIN_LOW_SURROGATE;

  private static final String OR_FIX =
      " Or fix its charset, such as withCharset(Charset.forName(\"windows-1252\")).";

  private final ExportedFile file;
  private final TextLayout layout;
  private final TextLimits limits;
  private final boolean withHeader;
  private final ParserInput text;
  private final RowCollector rows;
  private final CloseableIterator<ExportedRecord> parser;
  private final List<String> names;
  private @Nullable PlainText plain;

  static DelimitedRecords of(ExportedFile file, TextShape shape, TextLimits limits, BadRecords bad)
      throws IOException {
    TextLayout layout = TextLayout.of(file, shape);
    InputStream bytes = file.open();
    try {
      Reader decoded = new TextReader(bytes, layout.encoding());
      return new DelimitedRecords(file, layout, shape.names(), limits, bad, decoded);
    } catch (IOException | RuntimeException | Error unreadable) {
      try (bytes) {
        throw unreadable;
      }
    }
  }

  private DelimitedRecords(
      ExportedFile file,
      TextLayout layout,
      List<String> given,
      TextLimits limits,
      BadRecords bad,
      Reader decoded)
      throws IOException {
    this.file = file;
    this.layout = layout;
    this.limits = limits;
    withHeader = given.isEmpty();
    boolean strict = !layout.hasQualifier() || !(bad.areMended() || bad.areSetAside());
    StrayQualifiers strays =
        strict ? null : new StrayQualifiers(decoded, layout.delimiter(), layout.qualifier());
    text = new ParserInput(strays == null ? decoded : strays);
    rows = new RowCollector(given, limits, bad, text, strays);
    parser = parser();
    if (withHeader) {
      next();
    }
    names = rows.names();
  }

  private CloseableIterator<ExportedRecord> parser() {
    return CsvReader.builder()
        .fieldSeparator(layout.delimiter())
        .quoteCharacter(layout.hasQualifier() ? layout.qualifier() : NEVER_AT_FIELD_START)
        .allowUnclosedQuote(false)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .maxBufferSize(bufferFor(limits.longestField()))
        .build(rows, text)
        .iterator();
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
        throw rows.malformed(undecodable.getMessage() + OR_FIX, undecodable);
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
    if (rows.inField() > limits.longestField()) {
      return rows.fieldTooLong();
    }
    return ("after the closing quote the delimiter U+%04X or the end of the line was expected. Is a"
            + " quote within the value not written twice?")
        .formatted((int) layout.delimiter());
  }

  @Override
  public Optional<PlainText> plain() throws IOException {
    if (names.isEmpty() || !ScannedText.isPossible(layout)) {
      return Optional.empty();
    }
    Optional<ScannedText> scanned = ScannedText.of(file, layout, limits, names.size(), withHeader);
    plain = scanned.orElse(null);
    return Optional.ofNullable(plain);
  }

  @Override
  public void close() throws IOException {
    try {
      parser.close();
    } finally {
      if (plain != null) {
        plain.close();
      }
    }
  }
}
