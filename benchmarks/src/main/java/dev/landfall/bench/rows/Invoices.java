package dev.landfall.bench.rows;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** An export of invoices: the same for the same number of rows, and every value invented. */
final class Invoices {

  static final List<String> COLUMNS = List.of(
      "INVOICEID",
      "DATAAREAID",
      "INVOICEACCOUNT",
      "ORGANIZATIONNAME",
      "INVOICEDATE",
      "DUEDATE",
      "CURRENCYCODE",
      "INVOICEAMOUNT",
      "SALESORDERNUMBER",
      "MODIFIEDDATETIME");

  static final String KEY = "INVOICEID";

  private static final String LINE_END = "\r\n";
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final List<String> COMPANIES = List.of("usmf", "gbsi", "demf", "frrt");
  private static final List<String> CURRENCIES = List.of("USD", "GBP", "EUR");
  private static final List<String> NAMES =
      List.of("Fabrikam", "Contoso, Ltd.", "Størmer Bygg", "Wide World", "Café Zürich", "Litware");
  private static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 1);
  private static final int DAYS = 700;
  private static final int TERMS = 30;
  private static final int UNDUE = 8;

  private final RandomGenerator random = new SplittableRandom(1);

  private Invoices() {}

  /**
   * Writes a file, which is on disk at the end.
   *
   * @param rows how many
   * @param charset with a mark before the text, unless it is UTF-8
   * @param file new
   * @return what is in it
   * @throws IOException if it cannot be written
   */
  static Content write(int rows, Charset charset, Path file) throws IOException {
    Content content = new Content();
    Invoices invoices = new Invoices();
    try (BufferedWriter text = Files.newBufferedWriter(file, charset)) {
      if (!charset.equals(StandardCharsets.UTF_8)) {
        text.write(BYTE_ORDER_MARK);
      }
      text.write(line(COLUMNS));
      for (int number = 1; number <= rows; number++) {
        List<String> row = invoices.row(number);
        content.add(row);
        text.write(line(row));
      }
    }
    try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    return content;
  }

  private static String line(List<String> values) {
    return values.stream()
        .map(value -> value.contains(",") ? '"' + value + '"' : value)
        .collect(Collectors.joining(",", "", LINE_END));
  }

  private List<String> row(int number) {
    int account = random.nextInt(100_000);
    LocalDate day = FIRST_DAY.plusDays(random.nextInt(DAYS));
    LocalTime time = LocalTime.ofSecondOfDay(random.nextInt(86_400));
    return List.of(
        "FTI-%08d".formatted(number),
        one(COMPANIES),
        "US-%06d".formatted(account),
        one(NAMES) + " " + account,
        day.toString(),
        random.nextInt(UNDUE) == 0 ? "" : day.plusDays(TERMS).toString(),
        one(CURRENCIES),
        "%d.%02d".formatted(random.nextInt(100_000), random.nextInt(100)),
        "SO-%06d".formatted(random.nextInt(1_000_000)),
        "%sT%tTZ".formatted(day, time));
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }
}
