package dev.landfall.format;

import dev.landfall.format.CellReading.Cell;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a sheet and the cells of each, in order, those that are there.
 *
 * <p>Source: ECMA-376, part 1, sections 18.3.1.73 and 18.3.1.4.
 */
final class SheetCells implements AutoCloseable {

  private static final int MOST_ROWS = 1_048_576;

  private final RecordLimits limits;
  private final CellReading reading;
  private final WorkbookXml xml;
  private int row;
  private int column;
  private boolean ended;
  private Cell cell = new Cell(null, null);

  SheetCells(WorkbookParts parts, RecordLimits limits, CellReading reading) throws IOException {
    this.limits = limits;
    this.reading = reading;
    xml = parts.openSheet(
        limits.longestToken(),
        (line, at, expected, cause) -> new MalformedFileException(
            Math.max(1, row),
            ", column %d of the sheet: %s".formatted(column + 1, expected),
            cause));
  }

  /** {@return whether there is another row, which is entered} */
  boolean nextRow() throws IOException {
    column = -1;
    while (!ended && xml.next()) {
      if (xml.name().equals("row")) {
        String told = xml.attribute("r");
        int next = told.isEmpty() ? row + 1 : number(told, MOST_ROWS);
        if (next <= row || next > MOST_ROWS) {
          throw xml.malformed(
              "a row after row %d and up to %d was expected.".formatted(row, MOST_ROWS));
        }
        row = next;
        return true;
      }
      if (!xml.name().equals("worksheet") && !xml.name().equals("sheetData")) {
        xml.skip();
      }
    }
    ended = true;
    return false;
  }

  /** {@return the number of the row that was entered, from 1} */
  int row() {
    return row;
  }

  /** {@return whether there is another cell in the row, which is read} */
  boolean nextCell() throws IOException {
    while (xml.nextWithin()) {
      if (xml.name().equals("c")) {
        String told = xml.attribute("r");
        int next = told.isEmpty() ? column + 1 : columnOf(told);
        if (next <= column) {
          throw xml.malformed("a cell to the right of the one before was expected.");
        }
        column = next;
        if (column >= limits.mostColumns()) {
          throw xml.malformed("at most %d columns were expected (limit 'most columns')."
              .formatted(limits.mostColumns()));
        }
        cell = read(xml.attribute("t"), xml.attribute("s"));
        return true;
      }
      xml.skip();
    }
    return false;
  }

  /** {@return the place of the cell that was read, from 0} */
  int column() {
    return column;
  }

  /** {@return the text of the cell, null if it has none} */
  @Nullable
  String value() {
    return cell.value();
  }

  /** {@return what is wrong with the cell, or null} */
  @Nullable
  String fault() {
    return cell.fault();
  }

  private Cell read(String type, String style) throws IOException {
    String raw = null;
    String inline = null;
    boolean formula = false;
    while (xml.nextWithin()) {
      switch (xml.name()) {
        case "v" -> raw = xml.text(limits.longestField(), this::tooLong);
        case "is" -> inline = xml.richText(limits.longestField(), this::tooLong);
        default -> {
          formula |= xml.name().equals("f");
          xml.skip();
        }
      }
    }
    if (formula && raw == null) {
      return CellReading.fault(
          "a formula without a computed value is no value. Save the workbook in"
              + " Excel, which computes it");
    }
    return inline != null && type.equals("inlineStr")
        ? CellReading.value(inline)
        : reading.read(type.equals("inlineStr") ? "str" : type, style, raw);
  }

  private MalformedFileException tooLong() {
    return xml.malformed(limits.fieldTooLong());
  }

  /** {@return the place of a column by its letters, from 0, such as 27 for AB12} */
  private int columnOf(String reference) {
    long place = 0;
    for (int i = 0; i < reference.length() && isLetter(reference.charAt(i)); i++) {
      place = Math.min(place * 26 + (reference.charAt(i) & 0x1F), Integer.MAX_VALUE);
    }
    if (place == 0) {
      throw xml.malformed("a reference such as AB12 was expected at a cell.");
    }
    return (int) place - 1;
  }

  private static boolean isLetter(char character) {
    return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z');
  }

  private static int number(String text, int most) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException none) {
      return most + 1;
    }
  }

  /** {@return the refusal of the cell that was read last} */
  MalformedFileException malformed(String expected) {
    return xml.malformed(expected);
  }

  @Override
  public void close() throws IOException {
    xml.close();
  }
}
