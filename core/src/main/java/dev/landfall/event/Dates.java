package dev.landfall.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The two date notations of F&amp;O, read by hand because every event has one of each.
 *
 * <p>{@code /Date(ms)/} is what .NET's DataContractJsonSerializer writes for a {@code utcdatetime};
 * Dataverse adds an offset inside, which does not shift the instant (Microsoft's
 * {@code use-webhooks.md}). The other is ISO 8601, in UTC unless it says otherwise; links have it,
 * too.
 */
public final class Dates {

  private static final String MILLIS = "/Date(";
  private static final int LONGEST_MILLIS = 15;
  private static final String SHAPE = "0000-00-00T00:00:00";
  private static final int DATE = 10;
  private static final long SECONDS_PER_DAY = 86_400;
  private static final int FRACTION = SHAPE.length() + 1;

  /** What X++ stores for "no date". */
  private static final Instant NULL_DATE = Instant.parse("1900-01-01T00:00:00Z");

  private Dates() {}

  /**
   * {@return the time of a text; empty if it is none, or 1900, which stands for none}
   *
   * @param spelled in either notation, a date alone meaning its first moment
   */
  public static Optional<Instant> read(String spelled) {
    return Optional.ofNullable(parse(spelled)).filter(instant -> !instant.equals(NULL_DATE));
  }

  static boolean isNullDate(String spelled) {
    return NULL_DATE.equals(parse(spelled));
  }

  private static @Nullable Instant parse(String spelled) {
    String text = spelled.strip();
    return text.startsWith(MILLIS) ? epochMillis(text) : iso(text);
  }

  private static @Nullable Instant epochMillis(String text) {
    int digits = text.startsWith("-", MILLIS.length()) ? MILLIS.length() + 1 : MILLIS.length();
    int end = digits;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    if (end == digits || end - digits > LONGEST_MILLIS || !isEnd(text, end)) {
      return null;
    }
    return Instant.ofEpochMilli(Long.parseLong(text, MILLIS.length(), end, 10));
  }

  /** Whether nothing follows but an offset, which is for display only, and the closing signs. */
  private static boolean isEnd(String text, int begin) {
    int close = begin;
    if (close < text.length() && (text.charAt(close) == '+' || text.charAt(close) == '-')) {
      close += 5;
      for (int i = begin + 1; i < close; i++) {
        if (i >= text.length() || !isDigit(text.charAt(i))) {
          return false;
        }
      }
    }
    return close + 2 == text.length() && text.startsWith(")/", close);
  }

  private static @Nullable Instant iso(String text) {
    try {
      return hasShape(text) ? utc(text) : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException notADate) {
      return null;
    }
  }

  /** Whether it is {@code yyyy-MM-dd[THH:mm:ss[.f]][Z]}, which needs no parser's help. */
  private static boolean hasShape(String text) {
    int end = endOfTime(text);
    if (end != DATE && end != SHAPE.length() && (end < FRACTION + 1 || end > FRACTION + 9)) {
      return false;
    }
    for (int i = 0; i < end; i++) {
      char expected = i < SHAPE.length() ? SHAPE.charAt(i) : i < FRACTION ? '.' : '0';
      char c = text.charAt(i);
      if (expected == '0' ? !isDigit(c) : c != expected) {
        return false;
      }
    }
    return true;
  }

  private static int endOfTime(String text) {
    return text.endsWith("Z") ? text.length() - 1 : text.length();
  }

  private static Instant utc(String text) {
    int end = endOfTime(text);
    LocalDate date = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    int seconds = end == DATE
        ? 0
        : LocalTime.of(number(text, 11, 13), number(text, 14, 16), number(text, 17, 19))
            .toSecondOfDay();
    return Instant.ofEpochSecond(date.toEpochDay() * SECONDS_PER_DAY + seconds, nanos(text, end));
  }

  private static int nanos(String text, int end) {
    int nanos = 0;
    for (int i = FRACTION; i < FRACTION + 9; i++) {
      nanos = nanos * 10 + (i < end ? text.charAt(i) - '0' : 0);
    }
    return nanos;
  }

  private static int number(String text, int begin, int end) {
    int value = 0;
    for (int i = begin; i < end; i++) {
      value = value * 10 + (text.charAt(i) - '0');
    }
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
