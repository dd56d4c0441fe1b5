package dev.landfall.sink.jdbc;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How texts of a file are understood where the column is none of text.
 *
 * @param dates the user's own, tried first
 * @param decimalSeparator between whole and fraction
 * @param nullDates whether 1 January 1900 stays a date, which is F&amp;O's way to say none
 */
record ValueRules(List<DateTimeFormatter> dates, char decimalSeparator, boolean nullDates) {

  static final ValueRules USUAL = new ValueRules(List.of(), '.', false);

  private static final Set<String> TRUE = Set.of("true", "yes", "1", "t", "y");
  private static final Set<String> FALSE = Set.of("false", "no", "0", "f", "n");

  /** It takes time in the square of its digits to read one. */
  private static final int LONGEST_NUMBER = 1000;

  private static final LocalDate NONE = LocalDate.of(1900, 1, 1);

  /** As JSON of Microsoft's has it: milliseconds since 1970, and an offset that says nothing. */
  private static final Pattern MILLIS = Pattern.compile("/Date\\((-?\\d{1,16})(?:[+-]\\d{4})?\\)/");

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");

  /** ISO 8601, of which parts may be left out from the end. */
  private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
      .append(DateTimeFormatter.ISO_LOCAL_DATE)
      .optionalStart()
      .appendLiteral('T')
      .append(DateTimeFormatter.ISO_LOCAL_TIME)
      .optionalStart()
      .parseLenient()
      .appendOffset("+HH:mm", "Z")
      .toFormatter(Locale.ROOT)
      .withResolverStyle(ResolverStyle.STRICT);

  /** What is written instead of ISO 8601 and cannot mean anything else. */
  private static final Pattern ALIKE = Pattern.compile(
      "(\\d{4})[-/](\\d{2})[-/](\\d{2})(?:[T ](\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?) ?([Z+-].*)?)?");

  ValueRules {
    dates = List.copyOf(dates);
  }

  ValueRules with(List<DateTimeFormatter> newDates) {
    return new ValueRules(newDates, decimalSeparator, nullDates);
  }

  ValueRules withDecimalSeparator(char separator) {
    return new ValueRules(dates, separator, nullDates);
  }

  ValueRules withNullDates() {
    return new ValueRules(dates, decimalSeparator, true);
  }

  boolean truth(String text) throws UnfitException {
    String folded = text.toLowerCase(Locale.ROOT);
    if (TRUE.contains(folded)) {
      return true;
    }
    if (FALSE.contains(folded)) {
      return false;
    }
    throw UnfitException.of("Yes or No, true or false, 1 or 0 was expected", text);
  }

  BigDecimal number(String text) throws UnfitException {
    if (text.length() > LONGEST_NUMBER) {
      throw UnfitException.of(
          "a number of at most %d characters was expected".formatted(LONGEST_NUMBER), text);
    }
    String plain =
        decimalSeparator == '.' ? text : text.replace('.', '\0').replace(decimalSeparator, '.');
    if (!NUMBER.matcher(plain).matches()) {
      throw UnfitException.of(
          "a number with '%s' before its fraction and nothing between its thousands was expected"
              .formatted(decimalSeparator),
          text);
    }
    return new BigDecimal(plain);
  }

  /** {@return a day, or null if it stands for none} */
  @Nullable
  LocalDate day(String text) throws UnfitException {
    LocalDateTime time = time(text);
    if (time == null) {
      return null;
    }
    if (!time.toLocalTime().equals(LocalTime.MIDNIGHT)) {
      throw UnfitException.of("a day without a time was expected", text);
    }
    return time.toLocalDate();
  }

  /** {@return a point in time in UTC, where it is if nothing is told, or null for none} */
  @Nullable
  LocalDateTime time(String text) throws UnfitException {
    LocalDateTime time = parsed(text);
    return time.toLocalDate().equals(NONE)
            && time.toLocalTime().equals(LocalTime.MIDNIGHT)
            && !nullDates
        ? null
        : time;
  }

  LocalTime timeOfDay(String text) throws UnfitException {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeParseException other) {
      throw UnfitException.of("a time such as 13:45:00 was expected", text);
    }
  }

  private LocalDateTime parsed(String text) throws UnfitException {
    for (DateTimeFormatter form : dates) {
      LocalDateTime time = inOwnForm(text, form);
      if (time != null) {
        return time;
      }
    }
    try {
      Matcher millis = MILLIS.matcher(text);
      return millis.matches()
          ? LocalDateTime.ofInstant(
              Instant.ofEpochMilli(Long.parseLong(millis.group(1))), ZoneOffset.UTC)
          : inUtc(ISO.parse(spelledAsIso(text)));
    } catch (DateTimeException other) {
      throw UnfitException.of(
          "a date such as 2026-11-25 or 2026-11-25T13:45:00Z was expected (dates(...) tells the sink other forms)",
          text);
    }
  }

  private static @Nullable LocalDateTime inOwnForm(String text, DateTimeFormatter form) {
    try {
      return inUtc(form.parse(text));
    } catch (DateTimeException other) {
      return null;
    }
  }

  private static String spelledAsIso(String text) {
    Matcher alike = ALIKE.matcher(text);
    if (!alike.matches()) {
      return text;
    }
    String day = alike.group(1) + "-" + alike.group(2) + "-" + alike.group(3);
    String time = alike.group(4) == null ? "" : "T" + alike.group(4);
    return day + time + Objects.requireNonNullElse(alike.group(5), "");
  }

  private static LocalDateTime inUtc(TemporalAccessor parsed) {
    LocalDate day = LocalDate.from(parsed);
    if (!parsed.isSupported(ChronoField.HOUR_OF_DAY)) {
      return day.atStartOfDay();
    }
    LocalDateTime time = day.atTime(LocalTime.from(parsed));
    return parsed.isSupported(ChronoField.OFFSET_SECONDS)
        ? OffsetDateTime.of(time, ZoneOffset.from(parsed))
            .withOffsetSameInstant(ZoneOffset.UTC)
            .toLocalDateTime()
        : time;
  }
}
