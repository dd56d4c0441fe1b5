package dev.landfall.file;

import dev.landfall.event.Dates;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The parts of a link, told apart without judging them, so that a link that is cut off still tells
 * what it can.
 *
 * @param scheme lower case; empty if the text does not begin like an absolute URL
 * @param host lower case, without user information and port; may be empty
 * @param path decoded, without its first slash
 * @param parameters as they are spelled, by decoded names in lower case; the first of a name counts
 * @param end the last parameter as it is spelled; empty if the link does not end with its query
 */
record LinkParts(
    String scheme, String host, String path, Map<String, String> parameters, Optional<String> end) {

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");
  private static final Pattern PORT = Pattern.compile("[0-9]*");
  private static final int DATE = "2026-11-23".length();
  private static final String NOT_IN_A_URI = " \"<>\\^`{|}";

  static LinkParts of(String url) {
    int colon = url.indexOf("://");
    if (colon < 0 || !SCHEME.matcher(url).region(0, colon).matches()) {
      return new LinkParts("", "", "", Map.of(), Optional.empty());
    }
    int authority = colon + 3;
    int fragment = first('#', url, authority, url.length());
    int question = first('?', url, authority, fragment);
    int path = first('/', url, authority, question);
    Optional<String> query = question == fragment
        ? Optional.empty()
        : Optional.of(url.substring(question + 1, fragment));
    return new LinkParts(
        url.substring(0, colon).toLowerCase(Locale.ROOT),
        hostOf(url.substring(authority, path)).toLowerCase(Locale.ROOT),
        withoutFirstSlash(decoded(url.substring(path, question))),
        query.map(LinkParts::parametersOf).orElseGet(Map::of),
        query
            .filter(text -> fragment == url.length())
            .map(text -> text.substring(text.lastIndexOf('&') + 1)));
  }

  private static int first(char mark, String url, int from, int end) {
    int at = url.indexOf(mark, from);
    return at < 0 || at > end ? end : at;
  }

  private static String hostOf(String authority) {
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    int colon = host.lastIndexOf(':');
    boolean hasPort = colon >= 0 && PORT.matcher(host.substring(colon + 1)).matches();
    return hasPort ? host.substring(0, colon) : host;
  }

  private static String withoutFirstSlash(String path) {
    return path.startsWith("/") ? path.substring(1) : path;
  }

  private static Map<String, String> parametersOf(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (int begin = 0; begin <= query.length(); ) {
      int end = first('&', query, begin, query.length());
      int equals = first('=', query, begin, end);
      String name = query.substring(begin, equals);
      String value = query.substring(Math.min(equals + 1, end), end);
      parameters.putIfAbsent(decoded(name).toLowerCase(Locale.ROOT), value);
      begin = end + 1;
    }
    return Collections.unmodifiableMap(parameters);
  }

  boolean isHttp() {
    return scheme.equals("https") || scheme.equals("http");
  }

  /** A parameter that is there and not empty, decoded. */
  Optional<String> parameter(String name) {
    String value = parameters.get(name);
    return value == null || value.isEmpty() ? Optional.empty() : Optional.of(decoded(value));
  }

  /** A time in UTC, as a date or with a time of day. */
  Optional<Instant> time(String name) {
    return parameter(name).flatMap(LinkParts::readTime);
  }

  /** Not in the other notations of F&amp;O, which no link has. */
  private static Optional<Instant> readTime(String text) {
    if (Character.isDigit(text.charAt(0)) && (text.length() == DATE || text.endsWith("Z"))) {
      return Dates.read(text);
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  /** What is no escape stays as it is; a plus is a plus. */
  static String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    StringBuilder decoded = new StringBuilder(text.length());
    var bytes = new ByteArrayOutputStream();
    int at = 0;
    while (at < text.length()) {
      if (isEscape(text, at)) {
        for (; isEscape(text, at); at += 3) {
          bytes.write(HexFormat.fromHexDigits(text, at + 1, at + 3));
        }
        decoded.append(bytes.toString(StandardCharsets.UTF_8));
        bytes.reset();
      } else {
        decoded.append(text.charAt(at++));
      }
    }
    return decoded.toString();
  }

  private static boolean isEscape(String text, int at) {
    return at + 2 < text.length()
        && text.charAt(at) == '%'
        && HexFormat.isHexDigit(text.charAt(at + 1))
        && HexFormat.isHexDigit(text.charAt(at + 2));
  }

  /**
   * The signature covers the exact spelling, so only what no URI may hold is escaped, and what is
   * no ASCII, which clients would each spell in their own way.
   */
  static String escaped(String url) {
    if (url.chars().allMatch(LinkParts::isPlain)) {
      return url;
    }
    StringBuilder escaped = new StringBuilder(url.length() + 16);
    url.codePoints().forEach(c -> {
      if (isPlain(c)) {
        escaped.append((char) c);
      } else {
        for (byte octet : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
          escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
        }
      }
    });
    return escaped.toString();
  }

  private static boolean isPlain(int c) {
    return c < 0x80 && NOT_IN_A_URI.indexOf(c) < 0;
  }
}
