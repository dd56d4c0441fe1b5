package dev.landfall.emulator.rest;

import dev.landfall.emulator.json.JsonFields;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** One call, read to its end. */
final class ApiRequest {

  private final Request request;
  private final byte[] body;

  private ApiRequest(Request request, byte[] body) {
    this.request = request;
    this.body = body;
  }

  static ApiRequest read(Request request) throws java.io.IOException {
    return new ApiRequest(request, Content.Source.asInputStream(request).readAllBytes());
  }

  String method() {
    return request.getMethod();
  }

  /** {@return as it was sent, percent-encoded} */
  String path() {
    return request.getHttpURI().getPath();
  }

  String authorization() {
    return Objects.requireNonNullElse(request.getHeaders().get(HttpHeader.AUTHORIZATION), "");
  }

  boolean isOfType(String mediaType) {
    return Objects.requireNonNullElse(request.getHeaders().get(HttpHeader.CONTENT_TYPE), "")
        .toLowerCase(Locale.ROOT)
        .startsWith(mediaType);
  }

  Optional<Map<String, String>> json() {
    return JsonFields.read(body);
  }

  Map<String, String> form() {
    return pairs(new String(body, StandardCharsets.UTF_8));
  }

  Map<String, String> query() {
    return pairs(Objects.requireNonNullElse(request.getHttpURI().getQuery(), ""));
  }

  private static Map<String, String> pairs(String text) {
    var all = new HashMap<String, String>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        all.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return all;
  }

  /** {@return a text without its percent-encoding, or as it is if that is broken} */
  static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }
}
