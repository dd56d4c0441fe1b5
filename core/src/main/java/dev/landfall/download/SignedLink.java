package dev.landfall.download;

import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/**
 * A link with a shared access signature, taken apart without changing it.
 *
 * <p>Source of the parameter names: Azure Storage, "Create a service SAS".
 */
record SignedLink(URI uri, FileReference reference) {

  private static final String UNESCAPED = " \"<>\\^`{|}";

  static SignedLink parse(String url) {
    URI uri = toUri(url);
    String scheme = uri.getScheme();
    if (uri.getHost() == null
        || !("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))) {
      throw malformed("it has no scheme https, or no host", url);
    }
    if (uri.getUserInfo() != null) {
      throw malformed("it has user information before the host", url);
    }
    return new SignedLink(
        uri, FileReference.signedLink(url, nameOf(uri), expiryOf(url).orElse(null)));
  }

  /** The signature covers the exact spelling, so only what no URI may hold is escaped. */
  private static URI toUri(String url) {
    StringBuilder escaped = new StringBuilder(url.length() + 16);
    url.chars().forEach(c -> {
      if (UNESCAPED.indexOf(c) >= 0) {
        escaped.append('%').append(Integer.toHexString(c).toUpperCase(Locale.ROOT));
      } else {
        escaped.append((char) c);
      }
    });
    try {
      return new URI(escaped.toString());
    } catch (URISyntaxException notAUri) {
      throw malformed("character %d is not allowed there".formatted(notAUri.getIndex()), url);
    }
  }

  private static FetchException malformed(String fault, String url) {
    return FetchException.permanent(
        Reason.LINK_MALFORMED,
        "A link to a file is an absolute https URL; this one, %d characters long, is not: %s."
            .formatted(url.length(), fault));
  }

  private static String nameOf(URI uri) {
    String path = Optional.ofNullable(uri.getPath()).orElse("");
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.isBlank() ? "unnamed" : name;
  }

  /** The parameter {@code se} in UTC, as a date or with a time. */
  static Optional<Instant> expiryOf(String url) {
    int query = url.indexOf('?');
    if (query < 0) {
      return Optional.empty();
    }
    for (String parameter : url.substring(query + 1).split("&", -1)) {
      if (parameter.startsWith("se=")) {
        return readTime(parameter.substring(3));
      }
    }
    return Optional.empty();
  }

  private static Optional<Instant> readTime(String encoded) {
    try {
      String text = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
      return Optional.of(
          text.length() == 10
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }
}
