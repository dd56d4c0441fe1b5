package dev.landfall.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.landfall.file.ExportedFile;
import dev.landfall.testkit.ExportedFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DelimitedTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void linesEndWithAnyOfTheThreeEnds(String end) throws IOException {
    Reading reading = Reading.of(String.join(end, "A,B", "1,2", "", "3,4", ""));
    assertEquals(List.of("A", "B"), reading.names());
    assertEquals(List.of(List.of("1", "2"), List.of("3", "4")), reading.rows());
    assertEquals(List.of(2L, 4L), reading.lines());
  }

  @Test
  void theLastLineMayGoWithoutAnEnd() throws IOException {
    assertEquals(List.of(List.of("1", "")), Reading.of("A,B\n1,").rows());
  }

  @Test
  void quotesKeepDelimitersQuotesAndLineBreaks() throws IOException {
    Reading reading =
        Reading.of("A,B\n\"x,y\",\"say \"\"hi\"\"\"\n\"one\r\ntwo\rthree\n\",z\nlast,row");
    assertEquals(
        List.of(
            List.of("x,y", "say \"hi\""),
            List.of("one\r\ntwo\rthree\n", "z"),
            List.of("last", "row")),
        reading.rows());
    assertEquals(List.of(2L, 3L, 7L), reading.lines());
  }

  @Test
  void blanksOfValuesAreKeptAndThoseAroundNamesAreNot() throws IOException {
    Reading reading = Reading.of("A , B\n 1 ,\t\n");
    assertEquals(List.of("A", "B"), reading.names());
    assertEquals(List.of(List.of(" 1 ", "\t")), reading.rows());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\uFEFF", "\n", "\r\n\r\n"})
  void aFileWithoutALineWithSomethingOnItIsEmpty(String text) throws IOException {
    assertEquals(new Reading(List.of(), List.of(), List.of()), Reading.of(text));
  }

  @Test
  void aHeaderAloneNamesColumnsAndHasNoRecords() throws IOException {
    assertEquals(new Reading(List.of("A", "B"), List.of(), List.of()), Reading.of("A,B"));
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8, EFBBBF",
    "UTF-16LE, FFFE",
    "UTF-16BE, FEFF",
    "UTF-32LE, FFFE0000",
    "UTF-32BE, 0000FEFF"
  })
  void aByteOrderMarkTellsTheEncoding(Charset charset, String mark) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(HexFormat.of().parseHex(mark));
    bytes.writeBytes("NAME\nMüller ʤ 🚢".getBytes(charset));
    Reading reading = Reading.of(DelimitedText.csv(), bytes.toByteArray());
    assertEquals(List.of("NAME"), reading.names());
    assertEquals(List.of(List.of("Müller ʤ 🚢")), reading.rows());
  }

  @Test
  void aRowMayLackItsLastFields() throws IOException {
    assertEquals(
        List.of(Arrays.asList("1", null, null), List.of("1", "", "")),
        Reading.of("A,B,C\n1\n1,,\n").rows());
  }

  @Test
  void aSurplusFieldWithAValueRefusesTheFile() {
    assertRefused(
        "A,B\n1,2\n1,2,,lost,\n",
        "Line 3: at most the 2 fields of the header were expected, and this row has 5 with a value"
            + " among the surplus. Is a delimiter in an unquoted value?");
  }

  @Test
  void aBlankNameIsRefused() {
    assertRefused(
        "\nA, ,C\n", "Line 2, column 2: the header names every column, and this name is blank.");
  }

  @Test
  void twoNamesThatDifferInCaseOnlyAreRefused() {
    assertRefused(
        "Id,Name,ID\n",
        "Line 1, column 3: names differ in more than case, and ID is there already.");
  }

  @Test
  void aNameWithNulIsRefusedWithAHint() {
    assertRefused(
        "A,B\0\n",
        "Line 1, column 2: a name has no NUL character. Is it UTF-16 or UTF-32 without a byte order"
            + " mark? Fix it with withCharset.");
  }

  @Test
  void aQuoteThatIsNeverClosedIsRefused() {
    assertRefused(
        "A,B\n1,2\n3,\"four\n5,6\n",
        "Line 3, column 2 (B): a closing quote was expected before the end of the file. Is the file"
            + " whole?");
  }

  @Test
  void aQuoteThatIsNeverClosedIsRefusedAsTooLongBeforeTheEnd() {
    assertRefused(
        DelimitedText.csv().withLongestField(10),
        "A,B\n\"" + "x".repeat(1_000_000),
        "Line 2, column 1 (A): a field of at most 10 characters was expected (limit 'longest field')."
            + " Is a quote never closed?");
  }

  @Test
  void textAfterAClosingQuoteIsRefused() {
    assertRefused(
        "A,B\n1,2\n\"the \"big\" one\",2\n",
        "Line 3, column 1 (A): after the closing quote the delimiter U+002C or the end of the line was"
            + " expected. Is a quote within the value not written twice?");
  }

  @Test
  void bytesThatDoNotDecodeAreRefusedWithTheirPlace() {
    byte[] latin1 = "A,B\n1,2\n3,M\u00FCller\n".getBytes(StandardCharsets.ISO_8859_1);
    MalformedFileException refusal =
        assertThrows(MalformedFileException.class, () -> Reading.of(DelimitedText.csv(), latin1));
    assertEquals(3, refusal.line());
    assertFalse(refusal.retryable());
    assertEquals(
        "Line 3, column 2 (B): text in UTF-8 was expected, and the bytes from offset 11 on are none."
            + " Export it in UTF-8, or with a byte order mark. Or fix its charset, such as"
            + " withCharset(Charset.forName(\"windows-1252\")).",
        refusal.getMessage());
  }

  @Test
  void aCharacterThatTheEndCutsIsRefused() {
    byte[] whole = "A\nʤ".getBytes(StandardCharsets.UTF_8);
    assertThrows(
        MalformedFileException.class,
        () -> Reading.of(DelimitedText.csv(), Arrays.copyOf(whole, whole.length - 1)));
  }

  @Test
  void eachLimitIsNamedAndItsBoundIsAccepted() throws IOException {
    DelimitedText narrow =
        DelimitedText.csv().withLongestField(5).withLongestRecord(8).withMostColumns(3);
    byte[] atTheBounds = "A,B,C\n12345,678,\n".getBytes(StandardCharsets.UTF_8);
    assertEquals(
        List.of(List.of("12345", "678", "")), Reading.of(narrow, atTheBounds).rows());
    assertRefused(
        narrow,
        "A,B\n1,123456\n",
        "Line 2, column 2 (B): a field of at most 5 characters was expected (limit 'longest field'). Is"
            + " a quote never closed?");
    assertRefused(
        narrow,
        "A,B\n12345,6789\n",
        "Line 2, column 2 (B): a record of at most 8 characters was expected (limit 'longest"
            + " record').");
    assertRefused(
        narrow,
        "A,B,C,D\n",
        "Line 1, column 4: at most 3 fields in a row were expected (limit 'most columns').");
  }

  @Test
  void aFieldOfNothingButQuotesCountsByItsValue() throws IOException {
    String quotes = "\"".repeat(1_000_000);
    String written = "A\n\"" + quotes.replace("\"", "\"\"") + "\"\n";
    Reading reading = Reading.of(
        DelimitedText.csv().withLongestField(1_000_000), written.getBytes(StandardCharsets.UTF_8));
    assertEquals(List.of(List.of(quotes)), reading.rows());
  }

  @Test
  void anotherDelimiterMayBeGiven() throws IOException {
    Reading reading = Reading.of(
        DelimitedText.csv().withDelimiter(';'), "A;B\n1,5;2\n".getBytes(StandardCharsets.UTF_8));
    assertEquals(List.of(List.of("1,5", "2")), reading.rows());
  }

  @Test
  void theDelimiterIsFoundOnTheFirstLine() throws IOException {
    for (String delimiter : List.of(",", ";", "\t", "|")) {
      Reading reading = Reading.of("A" + delimiter + "\"B,;\t|\"\n1" + delimiter + "2\n");
      assertEquals(List.of("A", "B,;\t|"), reading.names());
      assertEquals(List.of(List.of("1", "2")), reading.rows());
    }
  }

  @Test
  void twoKindsOfDelimitersAreRefusedUnlessOneIsFixed() throws IOException {
    assertRefused(
        "\r\nA,B;C\n",
        "Line 2: one kind of delimiter was expected, and there are U+002C and U+003B. Fix one with"
            + " withDelimiter.");
    Reading reading = Reading.of(
        DelimitedText.csv().withDelimiter(';'), "A,B;C\n".getBytes(StandardCharsets.UTF_8));
    assertEquals(List.of("A,B", "C"), reading.names());
  }

  @Test
  void settersRefuseWhatCannotBe() {
    DelimitedText csv = DelimitedText.csv();
    assertThrows(IllegalArgumentException.class, () -> csv.withDelimiter('\n'));
    assertThrows(IllegalArgumentException.class, () -> csv.withDelimiter('\0'));
    assertThrows(IllegalArgumentException.class, () -> csv.withDelimiter('\uD83D'));
    assertThrows(IllegalArgumentException.class, () -> csv.withQualifier('\r'));
    assertThrows(IllegalArgumentException.class, () -> csv.withQualifier('\0'));
    assertEquals(
        "Delimiter and qualifier differ; both are U+0022. Change the other one first.",
        assertThrows(IllegalArgumentException.class, () -> csv.withDelimiter('"'))
            .getMessage());
    assertEquals(
        "The names that are given stand for a header. Line 1, column 2: names differ in more than"
            + " case, and a is there already.",
        assertThrows(IllegalArgumentException.class, () -> csv.withNames(List.of("A", "a")))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> csv.withNames(List.of()));
    assertThrows(IllegalArgumentException.class, () -> csv.withNames(List.of("A", " ")));
    assertEquals(
        "The limit 'longest field' is 1 to 134217728; 0 is not.",
        assertThrows(IllegalArgumentException.class, () -> csv.withLongestField(0))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> csv.withLongestRecord(-1));
    assertThrows(IllegalArgumentException.class, () -> csv.withMostColumns(Integer.MAX_VALUE));
  }

  @Test
  void aRecordShowsNoValueInALog(@TempDir Path folder) throws IOException {
    ExportedFile file = ExportedFiles.in(folder).csv("A,B\nsecret,2\n");
    try (RecordFormat.Records records = DelimitedText.csv().read(file)) {
      assertEquals("record of line 2 with 2 values", String.valueOf(records.next()));
    }
  }

  @Test
  void aFileThatIsGoneIsNotCalledMalformed(@TempDir Path folder) throws IOException {
    ExportedFile file = ExportedFiles.in(folder).csv("A\n1\n");
    Files.delete(file.path());
    assertThrows(NoSuchFileException.class, () -> DelimitedText.csv().read(file));
  }

  @Test
  void aRecordHasAValueForEachName() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ExportedRecord.of(2, Collections.singletonList("A"), new String[] {"1", "2"}));
  }

  private static void assertRefused(String text, String message) {
    assertRefused(DelimitedText.csv(), text, message);
  }

  private static void assertRefused(RecordFormat format, String text, String message) {
    MalformedFileException refusal = assertThrows(
        MalformedFileException.class,
        () -> Reading.of(format, text.getBytes(StandardCharsets.UTF_8)));
    assertEquals(message, refusal.getMessage());
    assertFalse(refusal.retryable());
  }
}
