package dev.landfall.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Workbooks as nobody should send them. */
class WorkbookRefusalCorpusTest extends FormatCorpus {

  private static final String HEADER = Workbooks.row(1, "A", "B");
  private static final String ROW = Workbooks.row(2, "1", "2");

  @Override
  RecordFormat format() {
    return Workbook.xlsx();
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
