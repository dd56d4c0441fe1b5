package dev.landfall.format;

import dev.landfall.file.ExportedFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One sheet of a workbook in the format XLSX, as <a
 * href="https://ecma-international.org/publications-and-standards/standards/ecma-376/">ECMA-376</a>
 * describes it and F&amp;O exports it.
 *
 * <ul>
 *   <li>The first row with a value in it has the names, less surrounding blanks. A blank name
 *       before the last one, or two names that differ at most in case, are refused. Each row below
 *       with a value is a record; the line of a record is its row.
 *   <li>Text is as it stands, a number without exponent and without zeros that say nothing, a truth
 *       value {@code true} or {@code false}. A cell that is not there or has nothing is null.
 *   <li>A number that is formatted as a date is one: {@code 2026-11-25}, or
 *       {@code 2026-11-25T13:45:00} if it or its format has a time of day. One formatted as a time
 *       alone is {@code 13:45:00}. Both of Excel's epochs are known.
 *   <li>A formula counts as the value that was computed when the workbook was saved. Nothing is
 *       ever evaluated.
 *   <li>A number with more than 15 digits and a fraction is read as Excel does, as the nearest
 *       binary fraction: what Excel writes as 1.1000000000000001 is 1.1 there and here.
 *   <li>The sheet is the first that is not hidden, or the one of {@link #withSheet}.
 * </ul>
 *
 * <p>A bad record is one with an error such as {@code #DIV/0!}, a formula without a value, or a
 * number that is no date though formatted as one. One with a value beyond the last name is bad,
 * too, and mended by dropping that. Whatever else is wrong with a workbook refuses it: an old one
 * ({@code .xls}), one with a password, and a zip that breaks a rule of {@link DataPackage}.
 *
 * <p>A value: {@code with} methods answer a changed copy. A sheet is read as a stream; in memory is
 * one row, and the table of texts that cells share, up to a limit.
 */
public final class Workbook implements RecordFormat {

  private static final long MEBI = 1L << 20;
  private static final byte[] COMPOUND_FILE = {
    (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1
  };
  private static final Workbook DEFAULTS =
      new Workbook(null, RecordLimits.DEFAULTS, PackageLimits.defaults(), 64 * MEBI);

  private final @Nullable String sheet;
  private final RecordLimits limits;
  private final PackageLimits zipLimits;
  private final long largestTexts;

  private Workbook(
      @Nullable String sheet, RecordLimits limits, PackageLimits zipLimits, long largestTexts) {
    this.sheet = sheet;
    this.limits = limits;
    this.zipLimits = zipLimits;
    this.largestTexts = largestTexts;
  }

  /** {@return the format with the first sheet and all limits at their defaults} */
  public static Workbook xlsx() {
    return DEFAULTS;
  }

  /**
   * {@return a copy that reads another sheet}
   *
   * @param name as on its tab, cases not told apart; it may be hidden
   */
  public Workbook withSheet(String name) {
    return new Workbook(name, limits, zipLimits, largestTexts);
  }

  /**
   * {@return a copy with other limits for the zip that a workbook is}
   *
   * @param zip the most that is accepted; those of data packages by default
   */
  public Workbook withZip(PackageLimits zip) {
    return new Workbook(sheet, limits, zip, largestTexts);
  }

  /**
   * {@return a copy with another limit for the texts that cells share, which are kept in memory}
   *
   * @param bytes the most that are accepted, in UTF-8 and 12 more for each; 64 MiB by default, up
   *     to 16 GiB
   * @throws IllegalArgumentException if it is out of range
   */
  public Workbook withLargestTexts(long bytes) {
    if (bytes < 1 || bytes > 16_384 * MEBI) {
      throw new IllegalArgumentException(
          "The limit 'largest texts' is 1 to %d; %d is not.".formatted(16_384 * MEBI, bytes));
    }
    return new Workbook(sheet, limits, zipLimits, bytes);
  }

  /**
   * {@return a copy with another limit for one value}
   *
   * @param characters the most that are accepted, UTF-16 units; 1,048,576 by default, up to
   *     134,217,728. Excel has at most 32,767
   * @throws IllegalArgumentException if it is out of range
   */
  public Workbook withLongestField(int characters) {
    return new Workbook(sheet, limits.withLongestField(characters), zipLimits, largestTexts);
  }

  /**
   * {@return a copy with another limit for all values of one record together}
   *
   * @param characters the most that are accepted, UTF-16 units; 4,194,304 by default, up to
   *     1,073,741,824
   * @throws IllegalArgumentException if it is out of range
   */
  public Workbook withLongestRecord(int characters) {
    return new Workbook(sheet, limits.withLongestRecord(characters), zipLimits, largestTexts);
  }

  /**
   * {@return a copy with another limit for the columns of a sheet}
   *
   * @param count the most that are accepted; 4,096 by default, up to 1,048,576. Excel has at most
   *     16,384
   * @throws IllegalArgumentException if it is out of range
   */
  public Workbook withMostColumns(int count) {
    return new Workbook(sheet, limits.withMostColumns(count), zipLimits, largestTexts);
  }

  @Override
  public Records read(ExportedFile file, BadRecords bad) throws IOException {
    if (isCompoundFile(file)) {
      throw new MalformedFileException(
          "A workbook in the format XLSX was expected, and this is an old one (XLS) or one with a"
              + " password. Export it as XLSX without a password.",
          null);
    }
    ZipBytes zip = ZipBytes.open(file.path());
    try {
      WorkbookParts parts = WorkbookParts.of(zip, zipLimits, sheet);
      CellFormats formats = CellFormats.of(parts);
      SharedTexts texts = new SharedTexts(parts, limits.longestField(), largestTexts);
      SheetCells cells =
          new SheetCells(parts, limits, new CellReading(formats, texts, parts.from1904()));
      return new SheetRecords(zip, cells, limits, bad);
    } catch (IOException | RuntimeException | Error unreadable) {
      try (zip) {
        throw unreadable;
      }
    }
  }

  /** {@return whether it begins as Microsoft's Compound File Binary Format, section 2.2, does} */
  static boolean isCompoundFile(ExportedFile file) throws IOException {
    try (InputStream bytes = file.open()) {
      return Arrays.equals(bytes.readNBytes(COMPOUND_FILE.length), COMPOUND_FILE);
    }
  }
}
