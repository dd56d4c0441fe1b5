package dev.landfall.emulator.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as HTTP headers and Azure's messages write them (RFC 1123 with a two-digit day). */
public final class HttpDate {

  private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
          "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
      .withZone(ZoneOffset.UTC);

  private HttpDate() {}

  /**
   * {@return a text such as {@code Tue, 01 Jan 2030 00:05:00 GMT}}
   *
   * @param instant any time; parts of a second are dropped
   */
  public static String format(Instant instant) {
    return FORMAT.format(instant);
  }
}
