package dev.landfall.download;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header {@code Retry-After}: seconds or a date (RFC 9110, section 10.2.3). */
public final class RetryAfter {

  /** A link lives for about an hour; a host that asks for more must not cost the file. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private RetryAfter() {}

  /**
   * {@return how long to wait, at most 5 minutes; zero for what is neither, or lies in the past}
   *
   * @param value of the header
   * @param now the time
   */
  public static Duration of(String value, Instant now) {
    Duration asked = read(value.strip(), now);
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }

  private static Duration read(String text, Instant now) {
    if (text.matches("[0-9]{1,9}")) {
      return Duration.ofSeconds(Integer.parseInt(text));
    }
    return date(text)
        .filter(date -> date.isAfter(now))
        .map(date -> Duration.between(now, date))
        .orElse(Duration.ZERO);
  }

  /** The time of an HTTP date, if it is one. */
  static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException none) {
      return Optional.empty();
    }
  }
}
