package dev.landfall.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextEncodingTest {

  private static final String TEXT = "NAME,CITY\r\nMüller ʤ 🚢,Ā Ѐ\r\n名前　,\r\n";
  private static final List<List<String>> ROWS =
      List.of(List.of("Müller ʤ 🚢", "Ā Ѐ"), List.of("名前　", ""));

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void anEncodingIsFoundWithAndWithoutAMark(Charset charset) throws IOException {
    assertEquals(ROWS, rows(DelimitedText.csv(), TEXT.getBytes(charset)));
    assertEquals(ROWS, rows(DelimitedText.csv(), ReadText.marked(TEXT, charset)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void aFixedEncodingSkipsItsOwnMark(Charset charset) throws IOException {
    DelimitedText fixed = DelimitedText.csv().withCharset(charset);
    assertEquals(ROWS, rows(fixed, TEXT.getBytes(charset)));
    assertEquals(ROWS, rows(fixed, ReadText.marked(TEXT, charset)));
  }

  @ParameterizedTest
  @CsvSource({"UTF-16, UTF-16LE", "UTF-16, UTF-16BE", "UTF-32, UTF-32LE", "UTF-32, UTF-32BE"})
  void anEncodingFixedWithoutAnOrderOfBytesTakesEither(Charset fixed, Charset charset)
      throws IOException {
    DelimitedText format = DelimitedText.csv().withCharset(fixed);
    assertEquals(ROWS, rows(format, TEXT.getBytes(charset)));
    assertEquals(ROWS, rows(format, ReadText.marked(TEXT, charset)));
  }

  @ParameterizedTest
  @CsvSource({
    "windows-1252, Müller, Œuvres € 5",
    "windows-1250, Dvořák, Łódź",
    "windows-1251, Иванов, Ялта",
    "windows-1253, Παπάς, Αθήνα",
    "IBM850, Müller, Köln",
    "Shift_JIS, 山田, 東京"
  })
  void aCodePageIsReadIfItIsFixedAndNeverGuessed(Charset charset, String name, String city)
      throws IOException {
    byte[] bytes = ("NAME;CITY\r\n" + name + ";" + city + "\r\n").getBytes(charset);
    assertEquals(
        List.of(List.of(name, city)), rows(DelimitedText.csv().withCharset(charset), bytes));
    assertEquals(
        name + ";" + city + "\r\n",
        ReadText.plain(DelimitedText.csv().withCharset(charset), bytes, 10)
            .orElseThrow()
            .text());
    MalformedFileException refusal =
        assertThrows(MalformedFileException.class, () -> rows(DelimitedText.csv(), bytes));
    assertEquals(2, refusal.line());
    assertTrue(
        refusal.getMessage().endsWith("withCharset(Charset.forName(\"windows-1252\"))."),
        refusal.getMessage());
  }

  @Test
  void aMarkOfAnotherCharsetThanTheFixedOneIsRefused() {
    DelimitedText fixed = DelimitedText.csv().withCharset(Charset.forName("windows-1252"));
    MalformedFileException refusal = assertThrows(
        MalformedFileException.class,
        () -> rows(fixed, ReadText.marked("A\n1\n", StandardCharsets.UTF_8)));
    assertEquals(
        "Line 1: text in windows-1252 was expected, and the file begins with the byte order mark of"
            + " UTF-8. Leave withCharset out, or fix that one.",
        refusal.getMessage());
  }

  @Test
  void aShortNameInSixteenBitsIsFound() throws IOException {
    assertEquals(
        List.of("A"),
        Reading.of(DelimitedText.csv(), "A".getBytes(StandardCharsets.UTF_16LE)).names());
  }

  @Test
  void aFewNulsInTextOfSingleBytesAreCharacters() throws IOException {
    assertEquals(
        List.of(List.of("1", "\0"), List.of("\0\0", "2")),
        Reading.of("A,B\n1,\0\n\0\0,2\n").rows());
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void halfACharacterIsRefusedWithItsPlace(Charset charset) {
    byte[] bytes = ReadText.marked("A,B\n1,2\n3,x\uD83Dy\n", StandardCharsets.UTF_16BE);
    byte[] broken = charset.equals(StandardCharsets.UTF_16BE) ? bytes : swapped(bytes);
    // Java replaces the lone surrogate by U+FFFD or a question mark, so it is put back here.
    int at = broken.length - 6;
    broken[at] = (byte) (charset.equals(StandardCharsets.UTF_16BE) ? 0xD8 : 0x3D);
    broken[at + 1] = (byte) (charset.equals(StandardCharsets.UTF_16BE) ? 0x3D : 0xD8);
    MalformedFileException refusal =
        assertThrows(MalformedFileException.class, () -> rows(DelimitedText.csv(), broken));
    assertTrue(
        refusal
            .getMessage()
            .startsWith("Line 3, column 2 (B): text in " + charset
                + " was expected, and the bytes from offset " + at + " on are none."),
        refusal.getMessage());
    assertEquals(3, refusal.line());
  }

  @Test
  void aCharacterThatTheEndCutsIsRefusedInSixteenBitsToo() {
    byte[] bytes = ReadText.marked("A\nxy", StandardCharsets.UTF_16LE);
    assertThrows(
        MalformedFileException.class,
        () -> rows(DelimitedText.csv(), Arrays.copyOf(bytes, bytes.length - 1)));
  }

  private static byte[] swapped(byte[] bytes) {
    byte[] swapped = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      swapped[i] = bytes[i ^ 1];
    }
    return swapped;
  }

  private static List<List<String>> rows(DelimitedText format, byte[] bytes) throws IOException {
    return List.copyOf(Reading.of(format, bytes).rows());
  }
}
