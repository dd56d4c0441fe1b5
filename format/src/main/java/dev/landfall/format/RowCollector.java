package dev.landfall.format;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the fields that the parser finds: first the header, then one record after another. */
final class RowCollector extends AbstractBaseCsvCallbackHandler<ExportedRecord> {

  private static final ExportedRecord HEADER =
      ExportedRecord.of(1, List.of(), new @Nullable String[0]);

  private final TextLimits limits;
  private final BadRecords bad;
  private final ParserInput text;
  private final @Nullable StrayQualifiers strays;
  private List<String> names;
  private boolean headerRead;
  private final List<String> header = new ArrayList<>();
  private @Nullable String[] values = new @Nullable String[0];
  private final List<String> surplus = new ArrayList<>();
  private boolean surplusValue;
  private int characters;
  private long fieldBeganAfter;

  /**
   * Creates the collector.
   *
   * @param names empty if a header has them
   * @param strays null where the parser refuses them
   */
  RowCollector(
      List<String> names,
      TextLimits limits,
      BadRecords bad,
      ParserInput text,
      @Nullable StrayQualifiers strays) {
    this.names = names;
    this.limits = limits;
    this.bad = bad;
    this.text = text;
    this.strays = strays;
    headerRead = !names.isEmpty();
  }

  List<String> names() {
    return names;
  }

  @Override
  protected void handleBegin(long startingLineNumber) {
    values = new @Nullable String[names.size()];
    characters = 0;
    surplus.clear();
    surplusValue = false;
    fieldBeganAfter = text.charactersRead();
  }

  @Override
  protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
    checkLimits(index, length);
    fieldBeganAfter = text.charactersRead();
    if (!headerRead) {
      header.add(new String(buffer, offset, length));
    } else if (index < values.length) {
      values[index] = length == 0 ? "" : new String(buffer, offset, length);
    } else {
      surplusValue |= length > 0;
      if (bad.areSetAside()) {
        surplus.add(new String(buffer, offset, length));
      }
    }
  }

  private void checkLimits(int index, int length) {
    if (length > limits.longestField()) {
      throw malformed(index, fieldTooLong(), null);
    }
    characters += length;
    if (characters > limits.longestRecord()) {
      throw malformed(
          index,
          "a record of at most %d characters was expected (limit 'longest record')."
              .formatted(limits.longestRecord()),
          null);
    }
    if (index >= limits.mostColumns()) {
      throw malformed(
          index,
          "at most %d fields in a row were expected (limit 'most columns')."
              .formatted(limits.mostColumns()),
          null);
    }
  }

  @Override
  protected @Nullable ExportedRecord buildRecord() {
    if (getRecordType() == RecordType.EMPTY) {
      return null;
    }
    String cause = cause();
    if (!headerRead) {
      return header(cause);
    }
    if (cause == null) {
      return ExportedRecord.of(getStartingLineNumber(), names, values);
    }
    bad.keep(new BadRecord(getStartingLineNumber(), cause, found()));
    return null;
  }

  private ExportedRecord header(@Nullable String cause) {
    if (cause != null) {
      throw new MalformedFileException(getStartingLineNumber(), ": " + cause, null);
    }
    names = ColumnNames.ofHeader(header, getStartingLineNumber(), bad);
    headerRead = true;
    return HEADER;
  }

  /** What is bad in this record, unless it is nothing or is mended. */
  private @Nullable String cause() {
    StrayQualifiers.Kind stray =
        strays == null ? StrayQualifiers.Kind.NONE : strays.of(getStartingLineNumber());
    if (stray == StrayQualifiers.Kind.OPENING) {
      return "a qualifier that opens a field was expected where none is open, and columns may be"
          + " shifted. Is a qualifier at the end of a value not written twice?";
    }
    if (stray == StrayQualifiers.Kind.TEXT && !bad.areMended()) {
      return "after the closing qualifier a delimiter or the end of the line was expected. Is a"
          + " qualifier within a value not written twice?";
    }
    if (surplusValue && !bad.areMended()) {
      return ("at most the %d fields of the header were expected, and this row has %d with a value"
              + " among the surplus. Is a delimiter in an unquoted value?")
          .formatted(names.size(), getFieldCount());
    }
    return null;
  }

  private List<@Nullable String> found() {
    List<@Nullable String> found =
        new ArrayList<>(Arrays.asList(values).subList(0, Math.min(getFieldCount(), values.length)));
    found.addAll(surplus);
    return found;
  }

  /** {@return how many characters, or somewhat fewer, the parser holds of the field it is in} */
  long inField() {
    return text.charactersRead() - fieldBeganAfter;
  }

  /** {@return the refusal of a field} */
  String fieldTooLong() {
    return ("a field of at most %d characters was expected (limit 'longest field'). Is a quote"
            + " never closed?")
        .formatted(limits.longestField());
  }

  /** {@return the refusal of the field that the parser is in} */
  MalformedFileException malformed(String expected, Throwable cause) {
    return malformed(getFieldCount(), expected, cause);
  }

  private MalformedFileException malformed(int index, String expected, @Nullable Throwable cause) {
    String name = index < names.size() && headerRead
        ? " (" + ColumnNames.shortened(names.get(index)) + ")"
        : "";
    return new MalformedFileException(
        getStartingLineNumber(), ", column %d%s: %s".formatted(index + 1, name, expected), cause);
  }
}
