package dev.landfall.format;

import dev.landfall.format.CellFormats.Meaning;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a cell has, as text, or what is wrong with it.
 *
 * <p>Source: ECMA-376, part 1, sections 18.3.1.4 and 18.18.11.
 *
 * @param formats tell dates from numbers
 * @param texts that cells share
 * @param from1904 whether days are counted from 1904
 */
record CellReading(CellFormats formats, SharedTexts texts, boolean from1904) {

  private static final Cell EMPTY = new Cell(null, null);

  /**
   * One of the two, or neither if the cell is empty.
   *
   * @param value its text
   * @param fault what is wrong with it
   */
  record Cell(@Nullable String value, @Nullable String fault) {}

  /**
   * Reads a cell that has no text of its own.
   *
   * @param type as its attribute tells
   * @param style as its attribute tells
   * @param raw its value, or null if it has none
   */
  Cell read(String type, String style, @Nullable String raw) throws IOException {
    if (raw == null) {
      return EMPTY;
    }
    return switch (type) {
      case "str", "d" -> value(raw);
      case "s" -> shared(raw);
      case "b" -> truth(raw.strip());
      case "e" -> fault("the error %s is no value".formatted(ZipNames.shown(raw)));
      case "", "n" -> number(raw.strip(), formats.of(style));
      default -> fault("a cell of type %s is unknown".formatted(ZipNames.shown(type)));
    };
  }

  static Cell value(String text) {
    return new Cell(text, null);
  }

  static Cell fault(String cause) {
    return new Cell(null, cause);
  }

  private Cell shared(String raw) throws IOException {
    try {
      int index = Integer.parseInt(raw.strip());
      if (index >= 0 && index < texts.count()) {
        return value(texts.get(index));
      }
    } catch (NumberFormatException none) {
      // Told below.
    }
    return fault("shared text %s is not among the %d of the workbook"
        .formatted(ZipNames.shown(raw), texts.count()));
  }

  private static Cell truth(String raw) {
    return switch (raw) {
      case "1", "true" -> value("true");
      case "0", "false" -> value("false");
      default -> fault("a truth value is 0 or 1, and this is neither");
    };
  }

  private Cell number(String raw, Meaning meaning) {
    if (raw.isEmpty()) {
      return EMPTY;
    }
    if (meaning == Meaning.NUMBER) {
      String plain = CellNumbers.plain(raw);
      return plain == null ? fault("a number was expected, and this is none") : value(plain);
    }
    String date = CellNumbers.date(raw, meaning, from1904);
    return date == null
        ? fault("a number of days was expected, as it is formatted as a date, and this is none from"
            + " 1900 to 9999")
        : value(date);
  }
}
