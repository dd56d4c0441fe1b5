package dev.landfall.format;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Collects the fields that the parser finds: first the header, then one record after another. */
final class RowCollector extends AbstractBaseCsvCallbackHandler<ExportedRecord> {

  private static final ExportedRecord HEADER =
      ExportedRecord.of(1, List.of(), new @Nullable String[0]);

  private final DelimitedText format;
  private final TextReader text;
  private List<String> names = new ArrayList<>();
  private boolean headerRead;
  private @Nullable String[] values = new @Nullable String[0];
  private int characters;
  private boolean surplus;
  private long fieldBeganAfter;

  RowCollector(DelimitedText format, TextReader text) {
    this.format = format;
    this.text = text;
  }

  List<String> names() {
    return names;
  }

  @Override
  protected void handleBegin(long startingLineNumber) {
    values = new @Nullable String[names.size()];
    characters = 0;
    surplus = false;
    fieldBeganAfter = text.charactersRead();
  }

  @Override
  protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
    checkLimits(index, length);
    fieldBeganAfter = text.charactersRead();
    if (!headerRead) {
      names.add(new String(buffer, offset, length).strip());
    } else if (index < values.length) {
      values[index] = length == 0 ? "" : new String(buffer, offset, length);
    } else {
      surplus |= length > 0;
    }
  }

  private void checkLimits(int index, int length) {
    if (length > format.longestField()) {
      throw malformed(index, fieldTooLong(), null);
    }
    characters += length;
    if (characters > format.longestRecord()) {
      throw malformed(
          index,
          "a record of at most %d characters was expected (limit 'longest record')."
              .formatted(format.longestRecord()),
          null);
    }
    if (index >= format.mostColumns()) {
      throw malformed(
          index,
          "at most %d fields in a row were expected (limit 'most columns')."
              .formatted(format.mostColumns()),
          null);
    }
  }

  @Override
  protected @Nullable ExportedRecord buildRecord() {
    if (getRecordType() == RecordType.EMPTY) {
      return null;
    }
    if (!headerRead) {
      checkNames();
      names = List.copyOf(names);
      headerRead = true;
      return HEADER;
    }
    if (surplus) {
      throw new MalformedFileException(
          getStartingLineNumber(),
          (": at most the %d fields of the header were expected, and this row has %d with a value"
                  + " among the surplus. Is a delimiter in an unquoted value?")
              .formatted(names.size(), getFieldCount()),
          null);
    }
    return ExportedRecord.of(getStartingLineNumber(), names, values);
  }

  private void checkNames() {
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.isEmpty()) {
        throw malformed(i, "the header names every column, and this name is blank.", null);
      }
      if (name.indexOf('\0') >= 0) {
        throw malformed(
            i,
            "a name has no NUL character. Is it UTF-16 or UTF-32 without a byte order mark?",
            null);
      }
      if (!seen.add(name)) {
        throw malformed(
            i,
            "names differ in more than case, and %s is there already.".formatted(shortened(name)),
            null);
      }
    }
  }

  /** {@return how many characters, or somewhat fewer, the parser holds of the field it is in} */
  long inField() {
    return text.charactersRead() - fieldBeganAfter;
  }

  /** {@return the refusal of a field} */
  String fieldTooLong() {
    return ("a field of at most %d characters was expected (limit 'longest field'). Is a quote"
            + " never closed?")
        .formatted(format.longestField());
  }

  /** {@return the refusal of the field that the parser is in} */
  MalformedFileException malformed(String expected, Throwable cause) {
    return malformed(getFieldCount(), expected, cause);
  }

  private MalformedFileException malformed(int index, String expected, @Nullable Throwable cause) {
    String name =
        index < names.size() && headerRead ? " (" + shortened(names.get(index)) + ")" : "";
    return new MalformedFileException(
        getStartingLineNumber(), ", column %d%s: %s".formatted(index + 1, name, expected), cause);
  }

  private static String shortened(String name) {
    return name.length() <= 80 ? name : name.substring(0, 80) + "...";
  }
}
