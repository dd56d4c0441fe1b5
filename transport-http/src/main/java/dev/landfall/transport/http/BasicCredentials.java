package dev.landfall.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Users and passwords as in HTTP Basic authentication (RFC 7617). */
final class BasicCredentials {

  static final String HEADER = "Authorization";

  private static final String SCHEME = "basic ";
  private static final int SHORTEST_PASSWORD = 16;

  private final List<byte[]> pairs;

  private BasicCredentials(List<byte[]> pairs) {
    this.pairs = pairs;
  }

  /** Of pairs that {@link #pair} has made. */
  static BasicCredentials of(List<String> pairs) {
    return new BasicCredentials(pairs.stream().map(pair -> pair.getBytes(UTF_8)).toList());
  }

  /** {@return user and password as they are compared, if they can be sent and not be guessed} */
  static String pair(String user, String password) {
    if (user.isEmpty() || user.contains(":") || hasControls(user)) {
      throw new IllegalArgumentException(
          "A user of HTTP Basic authentication has a name without colons and control characters.");
    }
    if (password.length() < SHORTEST_PASSWORD || hasControls(password)) {
      throw new IllegalArgumentException(
          "A password has 16 characters or more and no control characters; this one has %d, or others. Make one with: openssl rand -hex 32"
              .formatted(password.length()));
    }
    return user + ":" + password;
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  boolean isEmpty() {
    return pairs.isEmpty();
  }

  /** Takes the same time for every candidate of one length. */
  boolean admit(@Nullable String header) {
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return false;
    }
    byte[] candidate;
    try {
      candidate = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
    } catch (IllegalArgumentException malformed) {
      return false;
    }
    boolean match = false;
    for (byte[] pair : pairs) {
      match |= MessageDigest.isEqual(candidate, pair);
    }
    return match;
  }
}
