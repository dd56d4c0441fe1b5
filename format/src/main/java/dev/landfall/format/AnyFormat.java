package dev.landfall.format;

import dev.landfall.file.ExportedFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whichever format a file has: told by its content where that is clear, else by its name, else
 * delimited text.
 *
 * @param sheet of a workbook, or null for the first
 */
record AnyFormat(@Nullable String sheet) implements RecordFormat {

  static final AnyFormat ANY = new AnyFormat(null);

  private static final int BEGINNING = 4096;
  private static final Set<String> DELIMITED = Set.of("csv", "txt", "tsv", "tab");
  private static final Set<String> LINES = Set.of("jsonl", "ndjson");

  @Override
  public Records read(ExportedFile file, BadRecords bad) throws IOException {
    return of(file).read(file, bad);
  }

  private RecordFormat of(ExportedFile file) throws IOException {
    String extension = file.format().extension();
    Workbook workbook = sheet == null ? Workbook.xlsx() : Workbook.xlsx().withSheet(sheet);
    if (Workbook.isCompoundFile(file) || isWorkbook(file)) {
      return workbook;
    }
    if (DELIMITED.contains(extension)) {
      return DelimitedText.csv();
    }
    if (LINES.contains(extension)) {
      return JsonText.json().withLines();
    }
    return switch (firstCharacter(file)) {
      case '<' -> XmlText.xml();
      case '{', '[' -> JsonText.json();
      default ->
        switch (extension) {
          case "xml" -> XmlText.xml();
          case "json" -> JsonText.json();
          case "xlsx" -> workbook;
          default -> DelimitedText.csv();
        };
    };
  }

  private static boolean isWorkbook(ExportedFile file) throws IOException {
    return switch (ZipKind.of(file.path())) {
      case NONE -> false;
      case OFFICE -> true;
      case PACKAGE ->
        throw new MalformedFileException(
            "A file of records was expected, and this is a data package. Hand its entities on one by one, with PackageEntities.into(sink).",
            null);
      case BROKEN ->
        throw new MalformedFileException(
            "A workbook is a zip, and this zip cannot be read. Is the file whole? Export it again.",
            null);
      case OTHER ->
        throw new MalformedFileException(
            "A file of records was expected, and this is a zip that is no workbook. Unpack it before.",
            null);
    };
  }

  /** {@return the first character that is no blank, or a blank} */
  private static int firstCharacter(ExportedFile file) throws IOException {
    byte[] first;
    try (InputStream bytes = file.open()) {
      first = bytes.readNBytes(BEGINNING);
    }
    try (Reader text =
        new TextReader(new ByteArrayInputStream(first), UnicodeText.charsetOf(first))) {
      int character = text.read();
      while (character >= 0 && Character.isWhitespace(character)) {
        character = text.read();
      }
      return character < 0 ? ' ' : character;
    } catch (TextReader.UndecodableException none) {
      return ' ';
    }
  }
}
