package dev.landfall.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

class WorkbookProperties {

  private static final RecordFormat XLSX = dev.landfall.format.Workbook.xlsx();

  private interface Writing {
    void to(Worksheet sheet);
  }

  private static byte[] written(Writing writing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(bytes, "Landfall", "1.0")) {
      writing.to(workbook.newWorksheet("One"));
    }
    return bytes.toByteArray();
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenReadsBackEqual(@ForAll("tables") Table table, @ForAll boolean sharing)
      throws IOException {
    byte[] bytes = written(sheet -> {
      for (int i = 0; i < table.names().size(); i++) {
        sheet.value(0, i, table.names().get(i));
        for (int row = 0; row < table.rows().size(); row++) {
          write(sheet, row + 1, i, table.rows().get(row).get(i), sharing);
        }
      }
    });
    assertEquals(table, Table.read(XLSX, bytes));
  }

  private static void write(
      Worksheet sheet, int row, int column, @Nullable String value, boolean sharing) {
    if (value != null && sharing) {
      sheet.value(row, column, value);
    } else if (value != null) {
      sheet.inlineString(row, column, value);
    }
  }

  @Property(tries = 150)
  void numbersReadBackEqual(@ForAll double number, @ForAll long whole, @ForAll boolean truth)
      throws IOException {
    double finite = Double.isFinite(number) ? number : 0.1;
    byte[] bytes = written(sheet -> {
      sheet.value(0, 0, "A");
      sheet.value(0, 1, "B");
      sheet.value(0, 2, "C");
      sheet.value(1, 0, finite);
      sheet.value(1, 1, whole);
      sheet.value(1, 2, truth);
    });
    List<@Nullable String> row = Table.read(XLSX, bytes).rows().get(0);
    assertEquals(0, new BigDecimal(row.get(0)).compareTo(BigDecimal.valueOf(finite)), row.get(0));
    assertEquals(List.of(whole + "", truth + ""), row.subList(1, 3));
  }

  @Property(tries = 150)
  void datesReadBackEqual(
      @ForAll @IntRange(max = 2_958_000) int day, @ForAll @IntRange(max = 86_399) int second)
      throws IOException {
    LocalDate date = LocalDate.of(1900, 3, 1).plusDays(day % 2_950_000);
    LocalDateTime time = date.atTime(LocalTime.ofSecondOfDay(second));
    byte[] bytes = written(sheet -> {
      sheet.value(0, 0, "A");
      sheet.value(0, 1, "B");
      sheet.value(1, 0, date);
      sheet.value(1, 1, time);
      sheet.style(1, 0).format("yyyy-MM-dd").set();
      sheet.style(1, 1).format("yyyy-MM-dd H:mm:ss").set();
    });
    String seconds = time.getSecond() == 0 ? ":00" : "";
    assertEquals(
        List.of(List.of(date.toString(), time + seconds)),
        Table.read(XLSX, bytes).rows());
  }

  @Provide
  Arbitrary<Table> tables() {
    return Table.any(point -> point == '\t' || point == '\n' || (point >= ' ' && point < 0xFFFE))
        .map(WorkbookProperties::withoutEscapes);
  }

  /** What looks like an escaped character is one for us, and the writer does not escape it. */
  private static Table withoutEscapes(Table table) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    table.rows().forEach(row -> {
      List<@Nullable String> plain = new ArrayList<>();
      row.forEach(value -> plain.add(value == null ? null : value.replace("_x", "x")));
      rows.add(Collections.unmodifiableList(plain));
    });
    return new Table(table.names(), rows);
  }
}
