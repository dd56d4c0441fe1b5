package dev.landfall.format;

import dev.landfall.format.CellFormats.Meaning;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of a workbook as text.
 *
 * <p>Source: ECMA-376, part 1, section 18.17.4, for dates.
 */
final class CellNumbers {

  private static final int MOST_DIGITS = 400;
  private static final int DIGITS_OF_A_DOUBLE = 15;
  private static final LocalDate FIRST_OF_1900 = LocalDate.of(1899, 12, 31);
  private static final LocalDate FIRST_OF_1904 = LocalDate.of(1904, 1, 1);
  private static final LocalDate LAST = LocalDate.of(9999, 12, 31);
  private static final int NO_LEAP_DAY = 60;
  private static final int MOST_DAYS = 2_958_465;
  private static final long DAY = 86_400_000;
  private static final DateTimeFormatter TIME_OF_DAY = new DateTimeFormatterBuilder()
      .appendPattern("HH:mm:ss")
      .appendFraction(ChronoField.MILLI_OF_SECOND, 0, 3, true)
      .toFormatter(Locale.ROOT);

  private CellNumbers() {}

  /** {@return a number in plain digits, or null if it is none} */
  static @Nullable String plain(String raw) {
    if (isWhole(raw)) {
      return raw;
    }
    BigDecimal exact = parsed(raw);
    if (exact == null) {
      return null;
    }
    BigDecimal least = exact.stripTrailingZeros();
    if (least.precision() > DIGITS_OF_A_DOUBLE && least.scale() > 0) {
      least = BigDecimal.valueOf(exact.doubleValue()).stripTrailingZeros();
    }
    return least.signum() == 0 ? "0" : least.toPlainString();
  }

  /** Most numbers are, and need no more. */
  private static boolean isWhole(String raw) {
    int length = raw.length();
    if (length == 0 || length > DIGITS_OF_A_DOUBLE || (raw.charAt(0) == '0' && length > 1)) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (raw.charAt(i) < '0' || raw.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static @Nullable BigDecimal parsed(String raw) {
    if (raw.length() > MOST_DIGITS) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(raw);
      boolean sensible = Math.abs((long) number.scale()) <= MOST_DIGITS;
      return sensible ? number : null;
    } catch (NumberFormatException none) {
      return null;
    }
  }

  /** {@return a point in time as ISO 8601 has it, or null if it is none} */
  static @Nullable String date(String raw, Meaning meaning, boolean from1904) {
    BigDecimal serial = parsed(raw);
    if (serial == null || serial.signum() < 0 || serial.doubleValue() > MOST_DAYS + 1) {
      return null;
    }
    long millis = Math.round(serial.doubleValue() * DAY);
    long days = millis / DAY;
    LocalTime time = LocalTime.ofNanoOfDay(millis % DAY * 1_000_000);
    if (meaning == Meaning.TIME && days == 0) {
      return TIME_OF_DAY.format(time);
    }
    LocalDate date = date(days, from1904);
    if (date == null) {
      return null;
    }
    return meaning == Meaning.DATE && time.equals(LocalTime.MIDNIGHT)
        ? date.toString()
        : date + "T" + TIME_OF_DAY.format(time);
  }

  /** In one of the two epochs, 1900 has a leap day that never was. */
  private static @Nullable LocalDate date(long days, boolean from1904) {
    LocalDate date = from1904
        ? FIRST_OF_1904.plusDays(days)
        : FIRST_OF_1900.plusDays(days < NO_LEAP_DAY ? days : days - 1);
    boolean never = !from1904 && days == NO_LEAP_DAY;
    return never || date.isAfter(LAST) ? null : date;
  }
}
