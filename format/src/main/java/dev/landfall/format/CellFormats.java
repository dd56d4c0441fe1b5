package dev.landfall.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the numbers of a workbook mean, told by how they are formatted.
 *
 * <p>Source: ECMA-376, part 1, sections 18.8.30 and 18.8.31.
 */
final class CellFormats {

  private static final int MOST = 65_536;
  private static final Pattern ELAPSED = Pattern.compile("(?i)\\[(h+|m+|s+)]");
  private static final Pattern NO_CODE =
      Pattern.compile("(?i)\"[^\"]*\"?|\\\\.|_.|\\*.|\\[[^]]*]|am/pm|a/p", Pattern.DOTALL);

  private final List<Meaning> byStyle;

  private CellFormats(List<Meaning> byStyle) {
    this.byStyle = byStyle;
  }

  /** What a number is. */
  enum Meaning {
    NUMBER,
    DATE,
    DATE_TIME,
    TIME
  }

  static CellFormats of(WorkbookParts parts) throws IOException {
    List<Meaning> byStyle = new ArrayList<>();
    Optional<WorkbookXml> part = parts.openRelated("styles");
    if (part.isPresent()) {
      try (WorkbookXml xml = part.get()) {
        read(xml, byStyle);
      }
    }
    return new CellFormats(byStyle);
  }

  private static void read(WorkbookXml xml, List<Meaning> byStyle) throws IOException {
    Map<String, Meaning> own = new HashMap<>();
    while (xml.next()) {
      if (xml.name().equals("numFmt")) {
        own.put(xml.attribute("numFmtId"), ofCode(xml.attribute("formatCode")));
      } else if (xml.name().equals("cellXfs")) {
        while (xml.nextWithin()) {
          String id = xml.attribute("numFmtId");
          Meaning known = own.get(id);
          byStyle.add(known == null ? ofBuiltIn(id) : known);
          xml.skip();
          checkMost(xml, byStyle.size());
        }
      }
      checkMost(xml, own.size());
    }
  }

  private static void checkMost(WorkbookXml xml, int count) {
    if (count > MOST) {
      throw xml.malformed("at most %d formats were expected.".formatted(MOST));
    }
  }

  private static Meaning ofBuiltIn(String id) {
    return switch (id) {
      case "14",
          "15",
          "16",
          "17",
          "27",
          "28",
          "29",
          "30",
          "31",
          "36",
          "50",
          "51",
          "52",
          "53",
          "54",
          "57",
          "58" -> Meaning.DATE;
      case "18", "19", "20", "21", "32", "33", "34", "35", "45", "47", "55", "56" -> Meaning.TIME;
      case "22" -> Meaning.DATE_TIME;
      default -> Meaning.NUMBER;
    };
  }

  /** Its first section is for positive numbers, and a date is one. Elapsed time is a number. */
  static Meaning ofCode(String code) {
    if (ELAPSED.matcher(code).find()) {
      return Meaning.NUMBER;
    }
    String plain = NO_CODE.matcher(code).replaceAll("").split(";", 2)[0].toLowerCase(Locale.ROOT);
    boolean time = plain.indexOf('h') >= 0 || plain.indexOf('s') >= 0;
    boolean date =
        plain.indexOf('y') >= 0 || plain.indexOf('d') >= 0 || (plain.indexOf('m') >= 0 && !time);
    if (date) {
      return time ? Meaning.DATE_TIME : Meaning.DATE;
    }
    return time ? Meaning.TIME : Meaning.NUMBER;
  }

  /** {@return what a number of a style is} */
  Meaning of(String style) {
    try {
      int index = style.isEmpty() ? 0 : Integer.parseInt(style);
      return index >= 0 && index < byStyle.size() ? byStyle.get(index) : Meaning.NUMBER;
    } catch (NumberFormatException none) {
      return Meaning.NUMBER;
    }
  }
}
