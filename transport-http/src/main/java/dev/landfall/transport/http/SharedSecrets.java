package dev.landfall.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.landfall.event.Headers;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides whether a sender knows a secret. */
final class SharedSecrets {

  static final String HEADER = "X-Landfall-Secret";
  static final String PARAMETER = "code";

  private static final String ASSIGNED = PARAMETER + "=";

  private static final Pattern STRONG = Pattern.compile("[\\x21-\\x7e]{16,1024}");

  private static final Set<String> CREDENTIALS =
      Set.of(HEADER.toLowerCase(Locale.ROOT), "authorization", "proxy-authorization", "cookie");

  private final List<byte[]> secrets;

  private SharedSecrets(List<byte[]> secrets) {
    this.secrets = secrets;
  }

  /** What a sender says beside its event, without what it proves itself with. */
  static Headers withoutCredentials(Headers headers) {
    if (CREDENTIALS.stream().noneMatch(name -> headers.get(name).isPresent())) {
      return headers;
    }
    Map<String, String> values = new HashMap<>();
    for (String name : headers.names()) {
      if (!CREDENTIALS.contains(name.toLowerCase(Locale.ROOT))) {
        headers.get(name).ifPresent(value -> values.put(name, value));
      }
    }
    return Headers.of(values);
  }

  static SharedSecrets of(List<String> secrets) {
    return new SharedSecrets(
        secrets.stream().map(secret -> secret.getBytes(UTF_8)).toList());
  }

  /** {@return the secret, if it is one that cannot be guessed and that survives a URL} */
  static String requireStrong(String secret) {
    if (!STRONG.matcher(secret).matches()) {
      throw new IllegalArgumentException(
          "A shared secret has 16 to 1024 visible ASCII characters; this one has %d, or others. Make one with: openssl rand -hex 32"
              .formatted(secret.length()));
    }
    return secret;
  }

  boolean isEmpty() {
    return secrets.isEmpty();
  }

  boolean admit(@Nullable String header, @Nullable String query) {
    return (header != null && matches(header)) || (query != null && admits(query));
  }

  private boolean admits(String query) {
    int begin = 0;
    while (begin <= query.length()) {
      int and = query.indexOf('&', begin);
      int end = and < 0 ? query.length() : and;
      if (query.startsWith(ASSIGNED, begin)
          && matches(decode(query.substring(begin + ASSIGNED.length(), end)))) {
        return true;
      }
      begin = end + 1;
    }
    return false;
  }

  /** Takes the same time for every candidate of one length. */
  private boolean matches(String candidate) {
    byte[] bytes = candidate.getBytes(UTF_8);
    boolean match = false;
    for (byte[] secret : secrets) {
      match |= MessageDigest.isEqual(bytes, secret);
    }
    return match;
  }

  /** A plus stays one: a secret has no blanks, and Base64 is often pasted into a URL as it is. */
  private static String decode(String value) {
    if (value.indexOf('%') < 0) {
      return value;
    }
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException malformed) {
      return "";
    }
  }
}
