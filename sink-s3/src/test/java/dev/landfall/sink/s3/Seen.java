package dev.landfall.sink.s3;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A request that came by, without its body.
 *
 * @param method of HTTP
 * @param key of the object, or empty if it is about the bucket
 * @param query by name; a name alone has an empty value
 * @param headers by name in small letters, without the signature
 */
record Seen(String method, String key, Map<String, String> query, Map<String, String> headers) {

  static Seen of(HttpHead head) {
    URI target = URI.create("http://unused" + head.word(1));
    // Path style: the bucket comes first.
    String[] path = target.getPath().split("/", 3);
    Map<String, String> query = new HashMap<>();
    if (target.getRawQuery() != null) {
      for (String pair : target.getRawQuery().split("&", -1)) {
        String[] parts = pair.split("=", 2);
        query.put(
            parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    Map<String, String> headers = new HashMap<>();
    head.without("authorization"::equals)
        .headers()
        .forEach(header -> headers.put(HttpHead.nameOf(header), HttpHead.valueOf(header)));
    return new Seen(head.word(0), path.length == 3 ? path[2] : "", query, headers);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  private boolean is(String wanted) {
    return method.equals(wanted);
  }

  private boolean has(String name) {
    return query.containsKey(name);
  }

  static Predicate<Seen> putObject() {
    return seen -> seen.is("PUT") && !seen.key.isEmpty() && !seen.has("uploadId");
  }

  static Predicate<Seen> createUpload() {
    return seen -> seen.is("POST") && seen.has("uploads");
  }

  static Predicate<Seen> anyPart() {
    return seen -> seen.is("PUT") && seen.has("partNumber");
  }

  static Predicate<Seen> part(int number) {
    return seen -> seen.is("PUT") && Integer.toString(number).equals(seen.query.get("partNumber"));
  }

  static Predicate<Seen> completeUpload() {
    return seen -> seen.is("POST") && seen.has("uploadId");
  }

  static Predicate<Seen> abortUpload() {
    return seen -> seen.is("DELETE") && seen.has("uploadId");
  }

  static Predicate<Seen> headObject() {
    return seen -> seen.is("HEAD") && !seen.key.isEmpty();
  }

  static Predicate<Seen> any() {
    return seen -> true;
  }
}
