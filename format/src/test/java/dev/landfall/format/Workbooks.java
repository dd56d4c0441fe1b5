package dev.landfall.format;

import java.util.ArrayList;
import java.util.List;

/** Workbooks for tests, part by part; right until one is changed. */
final class Workbooks {

  static final String SHEETS = "<sheet name=\"One\" sheetId=\"1\" r:id=\"r1\"/>";

  private static final String MAIN =
      "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
          + " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
  private static final String RELATIONS =
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
  private static final String TYPE =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

  private Workbooks() {}

  /** {@return a workbook of one sheet} */
  static ForgedZip of(String rows) {
    return of(sheet(rows), "", "");
  }

  /** {@return a workbook of one sheet whose cells share texts} */
  static ForgedZip sharing(String rows, String... texts) {
    List<String> all = new ArrayList<>();
    for (String text : texts) {
      all.add("<si>" + text + "</si>");
    }
    return of(sheet(rows), "<sst " + MAIN + ">" + String.join("", all) + "</sst>", "");
  }

  /** {@return a workbook whose styles 1, 2, ... have these formats} */
  static ForgedZip formatted(String rows, String... codes) {
    StringBuilder own = new StringBuilder();
    StringBuilder styles = new StringBuilder("<xf numFmtId=\"0\"/>");
    for (int i = 0; i < codes.length; i++) {
      boolean builtIn = codes[i].matches("[0-9]+");
      String id = builtIn ? codes[i] : String.valueOf(200 + i);
      if (!builtIn) {
        own.append("<numFmt numFmtId=\"%s\" formatCode=\"%s\"/>"
            .formatted(id, codes[i].replace("\"", "&quot;")));
      }
      styles.append("<xf numFmtId=\"%s\"/>".formatted(id));
    }
    return of(
        sheet(rows),
        "",
        "<styleSheet " + MAIN + "><numFmts>" + own + "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/>"
            + "</cellStyleXfs><cellXfs>" + styles + "</cellXfs></styleSheet>");
  }

  static ForgedZip of(String sheet, String texts, String styles) {
    ForgedZip zip = shell("<sheets>" + SHEETS + "</sheets>").file("xl/worksheets/one.xml", sheet);
    if (!texts.isEmpty()) {
      zip.file("xl/sharedStrings.xml", texts);
    }
    return styles.isEmpty() ? zip : zip.file("xl/styles.xml", styles);
  }

  /** {@return a workbook without its sheets, which are one.xml and two.xml} */
  static ForgedZip shell(String inWorkbook) {
    return new ForgedZip()
        .file("[Content_Types].xml", "<Types/>")
        .file("_rels/.rels", RELATIONS + relation("r1", "officeDocument", "xl/workbook.xml") + END)
        .file("xl/workbook.xml", "<workbook " + MAIN + ">" + inWorkbook + "</workbook>")
        .file(
            "xl/_rels/workbook.xml.rels",
            RELATIONS
                + relation("r1", "worksheet", "worksheets/one.xml")
                + relation("r2", "worksheet", "/xl/worksheets/../worksheets/two.xml")
                + relation("r3", "chartsheet", "chart.xml")
                + relation("r4", "sharedStrings", "sharedStrings.xml")
                + relation("r5", "styles", "styles.xml")
                + END);
  }

  private static final String END = "</Relationships>";

  private static String relation(String id, String type, String target) {
    return "<Relationship Id=\"%s\" Type=\"%s\" Target=\"%s\"/>".formatted(id, TYPE + type, target);
  }

  static String sheet(String rows) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet " + MAIN
        + "><dimension ref=\"A1:XFD1048576\"/><sheetData>" + rows
        + "</sheetData><mergeCells><mergeCell ref=\"A1\"/></mergeCells></worksheet>";
  }

  /** {@return a row of texts, from column A on} */
  static String row(int number, String... texts) {
    StringBuilder cells = new StringBuilder();
    for (String text : texts) {
      cells.append("<c t=\"inlineStr\"><is><t>").append(text).append("</t></is></c>");
    }
    return "<row r=\"" + number + "\">" + cells + "</row>";
  }
}
