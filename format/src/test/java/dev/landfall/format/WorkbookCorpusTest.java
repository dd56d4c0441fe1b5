package dev.landfall.format;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Workbooks as F&O, Excel and other programs write them. */
class WorkbookCorpusTest extends FormatCorpus {

  private static final String HEADER = Workbooks.row(1, "A", "B");
  private static final String ROW = Workbooks.row(2, "1", "2");

  @Override
  RecordFormat format() {
    return Workbook.xlsx();
  }

  @TestFactory
  Stream<DynamicTest> read() {
    return tests(
        sheet("texts in the cells", HEADER + ROW, "[A, B] 2[1, 2]"),
        read(
            "texts that cells share",
            Workbooks.sharing(
                shared("0", "1") + shared("2", "0"),
                "<t>A</t>",
                "<t xml:space=\"preserve\">B </t>",
                "<r><rPr><b/></rPr><t>x</t></r><r><t> y</t></r><rPh sb=\"0\" eb=\"1\"><t>no</t></rPh>"),
            "[A, B] 2[x y, A]"),
        sheet(
            "escaped characters",
            HEADER + Workbooks.row(2, "a_x000D_\nb", "_x005F_x000D__xD800_"),
            "[A, B] 2[a\r\nb, _x005F_x000D__xD800_]"),
        sheet(
            "an escaped escape",
            HEADER + Workbooks.row(2, "_x005F_x000D_", "_x41_"),
            "[A, B] 2[_x000D_, _x41_]"),
        sheet(
            "numbers",
            HEADER
                + cells("42", "-0.50")
                + cells("1E3", "1.5E-3")
                + cells("12345678901234567890", "1.1000000000000001")
                + cells("0.0", "-0"),
            "[A, B] 2[42, -0.5] 3[1000, 0.0015] 4[12345678901234567890, 1.1] 5[0, 0]"),
        sheet(
            "truth values",
            HEADER + "<row><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c></row>",
            "[A, B] 2[true, false]"),
        sheet(
            "dates that are text",
            HEADER + "<row><c t=\"d\"><v>2026-11-25</v></c></row>",
            "[A, B] 2[2026-11-25, null]"),
        sheet(
            "formulas with their values",
            HEADER + "<row><c><f>1+1</f><v>2</v></c><c t=\"str\"><f>A1</f><v>x</v></c></row>",
            "[A, B] 2[2, x]"),
        sheet(
            "a formula whose value is empty text",
            HEADER + "<row><c t=\"str\"><f>\"\"</f><v></v></c></row>",
            "[A, B] 2[, null]"),
        sheet(
            "cells without anything",
            HEADER + "<row><c s=\"0\"/><c t=\"inlineStr\"><is><t/></is></c></row>",
            "[A, B] 2[null, ]"),
        sheet(
            "gaps",
            HEADER
                + "<row r=\"7\"><c r=\"B7\"><v>1</v></c></row><row r=\"8\"/><row r=\"9\"><c r=\"A9\"><v>2</v></c></row>",
            "[A, B] 7[null, 1] 9[2, null]"),
        sheet(
            "rows of formatted nothing",
            HEADER + "<row><c s=\"1\"/><c s=\"1\"/></row>" + Workbooks.row(3, "x"),
            "[A, B] 3[x, null]"),
        sheet(
            "a header further down",
            "<row r=\"3\"><c r=\"A3\"/></row>" + Workbooks.row(5, " A ", "B", "", "")
                + Workbooks.row(6, "1"),
            "[A, B] 6[1, null]"),
        sheet(
            "empty text beyond the header",
            HEADER + Workbooks.row(2, "1", "2", ""),
            "[A, B] 2[1, 2]"),
        sheet("a header alone", HEADER, "[A, B]"),
        sheet("nothing", "", "[]"),
        sheet(
            "elements of other programs",
            HEADER
                + "<row><x:y xmlns:x=\"u\"><c><v>9</v></c></x:y><c><extLst><v>9</v></extLst><v>1</v></c></row>",
            "[A, B] 2[1, null]"),
        read(
            "dates",
            Workbooks.formatted(
                HEADER + dates("46351", "46351.572916666664", "1", "2958465"),
                "14",
                "yyyy\\-mm\\-dd hh:mm:ss",
                "[$-409]d/m/yy;@",
                "d. mmmm yyyy"),
            "[A, B] 2[2026-11-25, null] 3[2026-11-25T13:45:00, null] 4[1900-01-01, null] 5[9999-12-31, null]"),
        read(
            "times",
            Workbooks.formatted(
                HEADER + dates("46351", "46351.5", "0.572916666666667", "0.0000057870370370"),
                "22",
                "14",
                "h:mm",
                "mm:ss.0"),
            "[A, B] 2[2026-11-25T00:00:00, null] 3[2026-11-25T12:00:00, null] 4[13:45:00, null] 5[00:00:00.5, null]"),
        read(
            "numbers that look like dates",
            Workbooks.formatted(
                HEADER + dates("1", "2", "3", "4"),
                "0.00\" days\"",
                "[Red]0",
                "[h]:mm",
                "0\\d;\"y\""),
            "[A, B] 2[1, null] 3[2, null] 4[3, null] 5[4, null]"),
        read(
            "dates from 1904",
            zip(Workbooks.shell(
                    "<workbookPr date1904=\"1\"/><sheets>" + Workbooks.SHEETS + "</sheets>")
                .file(
                    "xl/worksheets/one.xml",
                    Workbooks.sheet(HEADER + "<row><c s=\"1\"><v>44889</v></c></row>"))
                .file(
                    "xl/styles.xml",
                    "<styleSheet><cellXfs><xf/><xf numFmtId=\"14\"/></cellXfs></styleSheet>")),
            "[A, B] 2[2026-11-25, null]"),
        read(
            "days before and behind the leap day that never was",
            Workbooks.formatted(HEADER + dates("59", "61"), "14", "14"),
            "[A, B] 2[1900-02-28, null] 3[1900-03-01, null]"),
        read(
            "a hidden sheet before",
            sheets(
                "<sheet name=\"One\" state=\"hidden\" r:id=\"r1\"/><sheet name=\"Two\" r:id=\"r2\"/>"),
            "[C] 2[3]"),
        read(
            "a chart before",
            sheets("<sheet name=\"Chart\" r:id=\"r3\"/><sheet name=\"Two\" r:id=\"r2\"/>"),
            "[C] 2[3]"),
        read(
            "a sheet by its name",
            Workbook.xlsx().withSheet("two"),
            sheets(Workbooks.SHEETS + "<sheet name=\"Two\" state=\"veryHidden\" r:id=\"r2\"/>"),
            "[C] 2[3]"),
        read(
            "the stricter class of the standard",
            zip(new ForgedZip()
                .file("[Content_Types].xml", "<Types/>")
                .file(
                    "_rels/.rels",
                    "<Relationships><Relationship Id=\"a\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\" Target=\"/book.xml\"/></Relationships>")
                .file(
                    "book.xml",
                    "<workbook xmlns=\"http://purl.oclc.org/ooxml/spreadsheetml/main\" xmlns:r=\"http://purl.oclc.org/ooxml/officeDocument/relationships\"><sheets><sheet name=\"x\" r:id=\"s\"/></sheets></workbook>")
                .file(
                    "_rels/book.xml.rels",
                    "<Relationships><Relationship Id=\"s\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet\" Target=\"s.xml\"/></Relationships>")
                .file("s.xml", Workbooks.sheet(HEADER + ROW))),
            "[A, B] 2[1, 2]"),
        setAside(
            "bad records among good ones",
            zip(Workbooks.of(
                HEADER + ROW + "<row r=\"3\"><c t=\"e\"><v>#N/A</v></c><c><v>7</v></c></row>"
                    + Workbooks.row(4, "1", "2", "3") + "<row r=\"5\"><c><f>1</f></c></row>"
                    + Workbooks.row(6, "4"))),
            "[A, B] 2[1, 2] !3[null, 7] !4[1, 2, 3] !5[null, null] 6[4, null]"),
        mended(
            "values beyond the header",
            zip(Workbooks.of(HEADER + Workbooks.row(2, "1", "2", "3"))),
            "[A, B] 2[1, 2]"));
  }

  private Case sheet(String name, String rows, String table) {
    return read(name, zip(Workbooks.of(rows)), table);
  }

  private Case read(String name, ForgedZip zip, String table) {
    return read(name, zip(zip), table);
  }

  private static byte[] zip(ForgedZip zip) {
    return zip.bytes();
  }

  private static byte[] sheets(String sheets) {
    return zip(Workbooks.shell("<sheets>" + sheets + "</sheets>")
        .file("xl/worksheets/one.xml", Workbooks.sheet(HEADER + ROW))
        .file(
            "xl/worksheets/two.xml",
            Workbooks.sheet(Workbooks.row(1, "C") + Workbooks.row(2, "3"))));
  }

  private static String shared(String... places) {
    return row(Stream.of(places).map(place -> "<c t=\"s\"><v>" + place + "</v></c>"));
  }

  private static String cells(String... numbers) {
    return row(Stream.of(numbers).map(number -> "<c><v>" + number + "</v></c>"));
  }

  /** A row for each number, in styles 1, 2, ... */
  private static String dates(String... numbers) {
    return IntStream.range(0, numbers.length)
        .mapToObj(i -> "<row><c s=\"%d\"><v>%s</v></c></row>".formatted(i + 1, numbers[i]))
        .collect(Collectors.joining());
  }

  private static String row(Stream<String> cells) {
    return cells.collect(Collectors.joining("", "<row>", "</row>"));
  }
}
