package dev.landfall.emulator.blob;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The decoded parameters of a signed link.
 *
 * @param fields by name
 */
record LinkQuery(Map<String, String> fields) {

  /** {@return the parameters, or nothing if they cannot be decoded or one is given twice} */
  static Optional<LinkQuery> parse(String rawQuery) {
    var fields = new HashMap<String, String>();
    for (String pair : rawQuery.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      Optional<String> value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
      if (value.isEmpty() || fields.put(name, value.get()) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(new LinkQuery(fields));
  }

  private static Optional<String> decoded(String text) {
    try {
      return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  String get(String name) {
    return fields.getOrDefault(name, "");
  }

  boolean hasNoneOf(String... names) {
    for (String name : names) {
      if (fields.containsKey(name)) {
        return false;
      }
    }
    return true;
  }

  Optional<Instant> time(String name) {
    try {
      return Optional.of(Instant.parse(get(name)));
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }
}
