package dev.landfall.transport.http;

import static dev.landfall.transport.http.RawSender.events;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Requests whose end, or whose meaning, somebody on the way may see otherwise; behind each follows
 * one that must not be taken for a request of its own.
 *
 * <p>Source: RFC 9112, 2.2, 3, 5, 6 and 7; PortSwigger, "HTTP request smuggling"; the cases of
 * {@code narfindustries/http-garden}.
 */
final class SmugglingShapes {

  /** The request that is smuggled, if the one before is misunderstood. */
  static final String INNER =
      events("Content-Length: " + AbuseTarget.SMUGGLED.length()) + AbuseTarget.SMUGGLED;

  private static final String CHUNKED = "Transfer-Encoding: chunked";
  private static final String ENDED = "0\r\n\r\n";
  private static final String ONE_CHUNK = "2\r\n{}\r\n" + ENDED;

  private SmugglingShapes() {}

  /**
   * {@return requests that are to be refused, each with the end of its connection, by what is
   * wrong}
   */
  static Map<String, String> refused() {
    Map<String, String> shapes = new LinkedHashMap<>();
    lengths(shapes);
    codings(shapes);
    chunks(shapes);
    lines(shapes);
    targets(shapes);
    return shapes;
  }

  private static void lengths(Map<String, String> shapes) {
    shapes.put("length, then chunks", events("Content-Length: 4", CHUNKED) + ENDED);
    shapes.put("chunks, then length", events(CHUNKED, "Content-Length: 4") + ENDED);
    shapes.put("two lengths", events("Content-Length: 2", "Content-Length: 3") + "{}");
    shapes.put("one length twice", events("Content-Length: 2", "Content-Length: 2") + "{}");
    for (String length : new String[] {
      "2, 2",
      "2, 5",
      "+2",
      "-1",
      "0x2",
      "2 2",
      "2;",
      "99999999999999999999",
      "18446744073709551618",
      "",
      "\u000b2"
    }) {
      shapes.put("length " + length, events("Content-Length: " + length) + "{}");
    }
    shapes.put("space before the colon of a length", events("Content-Length : 2") + "{}");
  }

  private static void codings(Map<String, String> shapes) {
    for (String coding : new String[] {
      "xchunked", "identity", "chunked, identity", "gzip, chunked", "chunked, chunked",
      "\"chunked\"", "chunked;a=b", "\u000bchunked", ",chunked", "chun\0ked"
    }) {
      shapes.put("coding " + coding, events("Transfer-Encoding: " + coding) + ONE_CHUNK);
    }
    shapes.put("coding twice", events(CHUNKED, CHUNKED) + ONE_CHUNK);
    shapes.put("two codings", events(CHUNKED, "Transfer-Encoding: identity") + ONE_CHUNK);
    shapes.put("space before the colon", events("Transfer-Encoding : chunked") + ONE_CHUNK);
    shapes.put("folded coding", events("Transfer-Encoding:", " chunked") + ONE_CHUNK);
    shapes.put("folded header", events("X-A: b", "\tc", "Content-Length: 2") + "{}");
    shapes.put("chunks of HTTP/1.0", events(CHUNKED).replace("/1.1", "/1.0") + ONE_CHUNK);
  }

  private static void chunks(Map<String, String> shapes) {
    for (String size :
        new String[] {"10000000000000002", "-2", "+2", "0x2", "", "2 ", "g", "2;a\rb", "2\t"}) {
      shapes.put("chunk size " + size, events(CHUNKED) + size + "\r\n{}\r\n" + ENDED);
    }
    shapes.put("chunks with bare LF", events(CHUNKED) + "2\n{}\n0\n\n");
    shapes.put("chunk extension with bare LF", events(CHUNKED) + "2;\n{}\r\n" + ENDED);
    shapes.put("chunk without its end", events(CHUNKED) + "2\r\n{}" + ENDED);
    shapes.put("chunk longer than it said", events(CHUNKED) + "2\r\n{}xx" + ENDED);
    shapes.put("trailer without colon", events(CHUNKED) + "2\r\n{}\r\n0\r\nfoo bar\r\n\r\n");
    shapes.put("last chunk with bare LF", events(CHUNKED) + "2\r\n{}\r\n0\n\n");
  }

  private static void lines(Map<String, String> shapes) {
    String good = events("Content-Length: 2") + "{}";
    shapes.put("head with bare LF", good.replace("\r\n", "\n"));
    shapes.put("one header with bare LF", good.replace("localhost\r\n", "localhost\n"));
    shapes.put("head that ends with LF", good.replace("\r\n\r\n", "\r\n\n"));
    shapes.put("bare CR in a header", events("X-A: b\rContent-Length: 2") + "{}");
    shapes.put("NUL in a header", events("X-A: b\0c", "Content-Length: 2") + "{}");
    shapes.put("header without colon", events("foo", "Content-Length: 2") + "{}");
    shapes.put("header without name", events(": x", "Content-Length: 2") + "{}");
    shapes.put("header with a bad name", events("X(a): x", "Content-Length: 2") + "{}");
    shapes.put("first header is folded", good.replace("\r\nHost", "\r\n Host"));
    shapes.put("line break in the method", good.replace("POST", "PO\r\nST"));
    shapes.put("CR in the method", good.replace("POST", "PO\rST"));
    shapes.put("tabs in the request line", good.replace("POST /events ", "POST\t/events\t"));
    shapes.put("two hosts", events("Host: other", "Content-Length: 2") + "{}");
    shapes.put("no host", good.replace("Host: localhost\r\n", ""));
    shapes.put("a bad host", good.replace("localhost", "a b/c"));
    shapes.put("HTTP/0.9", "POST /events\r\n\r\n");
    shapes.put("HTTP/0.9 GET", "GET /events\r\n");
    shapes.put("HTTP/1.2", good.replace("/1.1", "/1.2"));
    shapes.put("HTTP/2.0", good.replace("/1.1", "/2.0"));
    shapes.put("preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  }

  private static void targets(Map<String, String> shapes) {
    for (String target : new String[] {
      "http://evil.example/events",
      "localhost:80",
      "*",
      "/events#x",
      "/eve nts",
      "//events",
      "/x%2f..%2fevents",
      "/events%00",
      "/events%zz"
    }) {
      shapes.put(
          "target " + target,
          events("Content-Length: 2").replace("/events HTTP", target + " HTTP") + "{}");
    }
    shapes.put(
        "tunnel",
        events("Content-Length: 2").replace("POST /events", "CONNECT localhost:80") + "{}");
  }
}
