package dev.landfall.emulator.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request's head.
 *
 * @param method such as {@code GET}
 * @param path before the question mark, as it was sent
 * @param query behind the question mark, as it was sent; empty if there is none
 * @param headers by name in any case; of several with one name, the last
 */
public record Request(String method, String path, String query, Map<String, String> headers) {

  private static final int LONGEST_HEAD = 64 * 1024;
  private static final long LONGEST_SKIPPED_BODY = 1024 * 1024;

  /**
   * {@return a header's value}
   *
   * @param name in any case
   */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** {@return whether the answer is to have no body} */
  public boolean isHead() {
    return method.equals("HEAD");
  }

  boolean keepsConnection() {
    return !headers.getOrDefault("Connection", "").equalsIgnoreCase("close");
  }

  /** Nothing here wants a body; {@return whether it is out of the way of the next request} */
  boolean skipBody(InputStream in) throws IOException {
    String length = headers.getOrDefault("Content-Length", "0");
    if (headers.containsKey("Transfer-Encoding")
        || headers.containsKey("Expect")
        || !length.matches("\\d{1,7}")
        || Long.parseLong(length) > LONGEST_SKIPPED_BODY) {
      return false;
    }
    in.skipNBytes(Long.parseLong(length));
    return true;
  }

  /** {@return the next request, or nothing when the client has closed the connection} */
  static Optional<Request> read(InputStream in) throws IOException {
    var budget = new int[] {LONGEST_HEAD};
    Optional<String> first = line(in, budget);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    String[] words = first.get().split(" ", -1);
    if (words.length != 3 || !words[1].startsWith("/") || !words[2].equals("HTTP/1.1")) {
      throw new MalformedRequestException("A request line is METHOD /path HTTP/1.1.");
    }
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    for (String line = more(in, budget); !line.isEmpty(); line = more(in, budget)) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new MalformedRequestException("A header line is Name: value.");
      }
      headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    int mark = words[1].indexOf('?');
    String path = mark < 0 ? words[1] : words[1].substring(0, mark);
    String query = mark < 0 ? "" : words[1].substring(mark + 1);
    return Optional.of(new Request(words[0], path, query, headers));
  }

  private static String more(InputStream in, int[] budget) throws IOException {
    return line(in, budget)
        .orElseThrow(
            () -> new MalformedRequestException("A request's head ends with a blank line."));
  }

  private static Optional<String> line(InputStream in, int[] budget) throws IOException {
    var line = new java.io.ByteArrayOutputStream(128);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return Optional.empty();
      }
      if (budget[0]-- == 0) {
        throw new MalformedRequestException("A request's head has at most 64 KiB.");
      }
      line.write(next);
    }
    return Optional.of(line.toString(StandardCharsets.UTF_8).stripTrailing());
  }

  /** Bytes that are no request; the connection cannot go on. */
  static final class MalformedRequestException extends IOException {

    @java.io.Serial
    private static final long serialVersionUID = 1;

    MalformedRequestException(String rule) {
      super(rule);
    }

    void answer(OutputStream out) throws IOException {
      out.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
  }
}
