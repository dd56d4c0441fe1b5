package dev.landfall.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.landfall.testkit.ExportedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class AnyFormatTest {

  private static final String XML = "<D><R><A>1</A></R></D>";
  private static final byte[] WORKBOOK =
      Workbooks.of(Workbooks.row(1, "A") + Workbooks.row(2, "1")).bytes();

  @TempDir
  Path folder;

  @TestFactory
  Stream<DynamicTest> aFileIsReadAsWhatItIs() {
    return Stream.of(
        is("a workbook", "x.xlsx", WORKBOOK, "[A] 2[1]"),
        is("a workbook under another name", "x.csv", WORKBOOK, "[A] 2[1]"),
        is("XML", "x.xml", XML, "[A] 1[1]"),
        is("XML without a name", "x", "\uFEFF \n" + XML, "[A] 2[1]"),
        is("XML in UTF-16", "x", ("\uFEFF" + XML).getBytes(UTF_16LE), "[A] 1[1]"),
        is("XML in UTF-16 without a mark", "x", XML.getBytes(UTF_16LE), "[A] 1[1]"),
        is("JSON", "x.json", "[{\"A\":1}]", "[A] 1[1]"),
        is("JSON without a name", "x", "\n {\"value\":[{\"A\":1}]}", "[A] 2[1]"),
        is("JSON lines", "x", "{\"A\":1}\n{\"A\":2}", "[A] 1[1] 2[2]"),
        is("JSON lines with arrays", "x.jsonl", "{\"A\":[{\"B\":1}]}", "[A] 1[[{\"B\":1}]]"),
        is("no JSON lines", "x.ndjson", "", "[]"),
        is("delimited text", "x.csv", "A,B\n1,2\n", "[A, B] 2[1, 2]"),
        is("delimited text without a name", "x", "A,B\n1,2\n", "[A, B] 2[1, 2]"),
        is("delimited text that begins as XML", "x.csv", "<A>,B\n1,2\n", "[<A>, B] 2[1, 2]"),
        is("delimited text that begins as JSON", "x.txt", "[A],{B}\n1,2\n", "[[A], {B}] 2[1, 2]"),
        is("delimited text in a code page", "x", "\u00C4".getBytes(ISO_8859_1), "text in UTF-8"),
        is("nothing", "x", "", "[]"),
        is("no XML", "x.xml", "A,B\n", "well-formed XML"),
        is("no JSON", "x.json", "", "an array of objects"),
        is("no workbook", "x.xlsx", "A,B\n", "Is it whole?"),
        is("an old workbook", "x.xls", ole(), "an old one (XLS)"),
        is("an old workbook under another name", "x.csv", ole(), "an old one (XLS)"),
        is("a cut workbook", "x.xlsx", Arrays.copyOf(WORKBOOK, 500), "Is the file whole?"),
        is("a package", "x.zip", Packages.ofOne().bytes(), "PackageEntities.into(sink)"),
        is("another zip", "x.zip", new ForgedZip().file("a", "b").bytes(), "no workbook"));
  }

  private static byte[] ole() {
    return "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1rest".getBytes(ISO_8859_1);
  }

  private DynamicTest is(String what, String name, String text, String told) {
    return is(what, name, text.getBytes(UTF_8), told);
  }

  private DynamicTest is(String what, String name, byte[] bytes, String told) {
    return dynamicTest(what, () -> {
      String outcome = outcome(name, bytes);
      assertEquals(told, outcome.contains(told) ? told : outcome);
    });
  }

  private String outcome(String name, byte[] bytes) throws IOException {
    try {
      return FormatCorpus.table(
          RecordFormat.any(), ExportedFiles.in(folder).named(name, bytes), "refused");
    } catch (MalformedFileException refused) {
      return String.valueOf(refused.getMessage());
    }
  }
}
