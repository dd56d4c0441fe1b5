package dev.landfall.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Workbooks as F&O, Excel and attackers write them. */
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

  @TestFactory
  Stream<DynamicTest> refused() {
    return tests(
        bad(
            "an error",
            HEADER + "<row r=\"9\"><c r=\"B9\" t=\"e\"><v>#DIV/0!</v></c></row>",
            "Line 9: column 2 (\"B\"): the error \"#DIV/0!\" is no value."),
        bad(
            "an error in the header",
            "<row><c t=\"e\"><v>#N/A</v></c></row>",
            "a name was expected"),
        unmendable(
            "an error, mended",
            zip(Workbooks.of(HEADER + "<row><c t=\"e\"><v>#N/A</v></c></row>")),
            "#N/A"),
        bad(
            "a formula that was never computed",
            HEADER + "<row><c><f>1+1</f></c></row>",
            "a formula without a computed value"),
        bad(
            "a value beyond the header",
            HEADER + Workbooks.row(2, "1", "2", "3"),
            "Line 2: at most the 2 values"),
        bad("a blank name", Workbooks.row(1, "A", "", "C"), "a name before this one is blank"),
        bad(
            "a name twice",
            Workbooks.row(1, "A", "a"),
            "Line 1, column 2 of the sheet: names differ"),
        bad("a number that is none", HEADER + cells("x", "1"), "a number was expected"),
        bad(
            "a number of a billion digits",
            HEADER + cells("1E999999999", "1"),
            "a number was expected"),
        bad(
            "a number of many characters",
            HEADER + cells("1".repeat(500_000), "1"),
            "a number was expected"),
        bad(
            "a truth value that is none",
            HEADER + "<row><c t=\"b\"><v>2</v></c></row>",
            "a truth value is 0 or 1"),
        bad(
            "an unknown type",
            HEADER + "<row><c t=\"q\"><v>2</v></c></row>",
            "a cell of type \"q\" is unknown"),
        bad(
            "a shared text that is not there",
            HEADER + "<row><c t=\"s\"><v>0</v></c></row>",
            "shared text \"0\" is not among the 0"),
        refused(
            "a date that never was",
            zip(Workbooks.formatted(HEADER + dates("60"), "14")),
            "none from 1900 to 9999"),
        refused(
            "a date before all",
            zip(Workbooks.formatted(HEADER + dates("-1"), "14")),
            "none from 1900 to 9999"),
        refused(
            "a date behind all",
            zip(Workbooks.formatted(HEADER + dates("1E300"), "14")),
            "none from 1900 to 9999"),
        bad(
            "a column beyond all",
            HEADER + "<row><c r=\"ZZZZZZZ2\"><v>1</v></c></row>",
            "'most columns'"),
        bad(
            "10,000 columns",
            "<row>"
                + IntStream.range(0, 10_000)
                    .mapToObj(i -> "<c t=\"str\"><v>a" + i + "</v></c>")
                    .collect(Collectors.joining())
                + "</row>",
            "Line 1, column 4097 of the sheet: at most 4096 columns"),
        bad(
            "cells in another order",
            HEADER + "<row><c r=\"B2\"/><c r=\"A2\"/></row>",
            "a cell to the right"),
        bad(
            "a reference that is none",
            HEADER + "<row><c r=\"22\"/></row>",
            "a reference such as AB12"),
        bad("rows in another order", HEADER + "<row r=\"1\"/>", "a row after row 1"),
        bad(
            "a row beyond all",
            HEADER + "<row r=\"2000000\"/>",
            "a row after row 1 and up to 1048576"),
        bad("a sheet that is cut", HEADER + "<row>", "well-formed"),
        bad("a document type", "<!DOCTYPE x>", "well-formed"),
        refused(
            "a billion laughs",
            zip(Workbooks.of(
                "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"" + "&a;".repeat(99) + "\">]>"
                    + Workbooks.sheet("&b;"),
                "",
                "")),
            "no document type"),
        refused(
            "an entity in shared texts",
            zip(Workbooks.of(
                Workbooks.sheet(shared("0", "0")),
                "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><sst><si><t>&a;</t></si></sst>",
                "")),
            "no document type"),
        bad("deep nesting", HEADER + "<a>".repeat(99), "'deepest XML'"),
        bad("a NUL", HEADER + Workbooks.row(2, "\0"), "well-formed"),
        refused(
            "a field of 8 MB packed in 8 KB",
            () -> zip(Workbooks.of(HEADER + Workbooks.row(2, "x".repeat(8 << 20)))),
            "'highest ratio'"),
        refused(
            "a field of 20 MB",
            () -> zip(stored(HEADER + Workbooks.row(2, "x".repeat(20 << 20)))),
            "Line 2, column 1 of the sheet: a field of at most 1048576"),
        refused(
            "a shared text that is long",
            Workbook.xlsx().withLongestField(9),
            zip(Workbooks.sharing(shared("0", "0"), "<t>0123456789</t>")),
            "'longest field'"),
        refused(
            "many shared texts",
            Workbook.xlsx().withLargestTexts(1 << 16),
            zip(Workbooks.of(
                Workbooks.sheet(shared("0", "0")),
                "<sst>" + "<si><t>A</t></si>".repeat(10_000) + "</sst>",
                "")),
            "text 5042 goes beyond"),
        refused(
            "a record of many values",
            Workbook.xlsx().withLongestRecord(7),
            zip(Workbooks.of(HEADER + Workbooks.row(2, "1234", "1234"))),
            "'longest record'"),
        refused(
            "a zip that unpacks to more than is told",
            zip(Workbooks.of(HEADER + ROW).but(zip -> zip.entries.get(4).unpackedSize -= 9)),
            "unpacks to more than"),
        refused(
            "another checksum",
            zip(Workbooks.of(HEADER + ROW).but(zip -> zip.entries.get(4).crc ^= 1)),
            "CRC-32"),
        refused(
            "too much in all",
            Workbook.xlsx().withZip(PackageLimits.defaults().withLargestTotal(99)),
            zip(Workbooks.of(HEADER)),
            "'largest total'"),
        refused("a cut zip", Arrays.copyOf(zip(Workbooks.of(HEADER)), 700), "Is it whole?"),
        refused("nothing", "", "Is it whole?"),
        refused("text", "A,B\n1,2\n", "Is it whole?"),
        refused(
            "a workbook of old, or one with a password",
            bytes("\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1", "rest"),
            "a password"),
        refused(
            "a binary workbook",
            zip(
                new ForgedZip()
                    .file("[Content_Types].xml", "<Types/>")
                    .file(
                        "_rels/.rels",
                        "<R><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"xl/workbook.bin\"/></R>")),
            "a binary one (XLSB)"),
        refused(
            "another document",
            zip(new ForgedZip()
                .file("[Content_Types].xml", "<Types/>")
                .file(
                    "_rels/.rels",
                    "<R><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"word/document.xml\"/></R>")
                .file("word/document.xml", "<document/>")),
            "another office document"),
        refused(
            "a zip of something",
            zip(new ForgedZip().file("a.csv", "A\n1\n")),
            "a zip without one"),
        refused(
            "a workbook without a sheet",
            zip(Workbooks.shell("<sheets/>")),
            "no sheet that is not hidden"),
        refused(
            "a sheet without a file",
            zip(Workbooks.shell("<sheets>" + Workbooks.SHEETS + "</sheets>")),
            "has a sheet \"One\" without a file"),
        refused(
            "a sheet that is not there",
            Workbook.xlsx().withSheet("Three"),
            sheets(Workbooks.SHEETS),
            "has no sheet \"Three\". Its sheets are \"One\""));
  }

  private Case sheet(String name, String rows, String table) {
    return read(name, zip(Workbooks.of(rows)), table);
  }

  private Case read(String name, ForgedZip zip, String table) {
    return read(name, zip(zip), table);
  }

  private Case bad(String name, String rows, String told) {
    return refused(name, zip(Workbooks.of(rows)), told);
  }

  private static byte[] zip(ForgedZip zip) {
    return zip.bytes();
  }

  private static ForgedZip stored(String rows) {
    return Workbooks.of(rows).but(zip -> {
      ForgedZip.Entry sheet = zip.entries.get(4);
      sheet.method = 0;
      sheet.pack(Workbooks.sheet(rows).getBytes(UTF_8));
    });
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

  private static byte[] bytes(String oneByteEach, String rest) {
    return (oneByteEach + rest).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
