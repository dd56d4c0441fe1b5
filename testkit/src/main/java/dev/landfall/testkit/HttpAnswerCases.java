package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.download.HttpAnswer;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What goes out, and what comes of a sound answer. */
abstract class HttpAnswerCases extends HttpReaderCases {

  /** Some clients say of a request without a body that it has none. */
  private static final Set<String> OF_ITS_OWN =
      Set.of("host", "user-agent", "connection", "content-length");

  @Test
  void everyByteOfABodyComesInOrder() throws Exception {
    for (int length : new int[] {0, 1, 16_384, 131_072, 262_144, 3_000_001}) {
      byte[] body = random(length);
      host.answers(exchange -> exchange.send(OK, body));
      assertArrayEquals(body, bodyOf("/f"), length + " bytes");
    }
  }

  @Test
  void aBodyGoesIntoAnyBuffer() throws Exception {
    byte[] body = random(100);
    host.answers(exchange -> exchange.send(OK, body));
    for (ByteBuffer buffer : List.of(
        ByteBuffer.allocate(120).position(7).slice(),
        ByteBuffer.allocateDirect(120),
        ByteBuffer.allocate(120).position(10).limit(115))) {
      int begin = buffer.position();
      try (HttpAnswer answer = get("/f")) {
        int first = answer.read(buffer);
        assertEquals(begin + first, buffer.position());
        while (answer.read(buffer) >= 0) {
          assertTrue(buffer.hasRemaining());
        }
        assertEquals(-1, answer.read(buffer), "the end stays the end");
      }
      byte[] read = new byte[100];
      assertEquals(begin + 100, buffer.position());
      buffer.get(begin, read);
      assertArrayEquals(body, read);
    }
  }

  @Test
  void aBodyInChunksIsPutTogether() throws Exception {
    host.answers(exchange -> exchange.send(OK + "\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "4\r\nabcd\r\n1;x=y\r\ne\r\n10\r\n0123456789abcdef\r\n0\r\nX-Sum: 1\r\n\r\n"));
    assertEquals("abcde0123456789abcdef", text(bodyOf("/f")));
    assertEquals("abcde0123456789abcdef", text(bodyOf("/f")));
  }

  @Test
  void aBodyWithoutLengthEndsWithTheConnection() throws Exception {
    byte[] body = random(300_000);
    host.answers(exchange -> {
      exchange.send(OK + "\r\n\r\n");
      exchange.sendBytes(body);
      exchange.close();
    });
    try (HttpAnswer answer = get("/f")) {
      assertEquals(Optional.empty(), answer.header("Content-Length"));
      assertArrayEquals(body, rest(answer));
    }
  }

  @Test
  void everyStatusIsAnAnswerAndNoneIsActedOn() throws Exception {
    for (int status : new int[] {
      200, 201, 203, 204, 206, 300, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 407, 410, 412,
      416, 429, 500, 503, 511
    }) {
      boolean bare = status == 204 || status == 304;
      host.answers(exchange -> {
        String head = "HTTP/1.1 " + status + " Any\r\nLocation: /elsewhere"
            + "\r\nWWW-Authenticate: Basic realm=\"a\"\r\nProxy-Authenticate: Basic realm=\"b\"";
        if (bare) {
          exchange.send(head + "\r\n\r\n");
        } else {
          exchange.send(head, bytes("why"));
        }
      });
      int before = host.exchanges().size();
      try (HttpAnswer answer = get("/f")) {
        assertEquals(status, answer.status());
        assertEquals(Optional.of("/elsewhere"), answer.header("location"));
        assertEquals(bare ? "" : "why", text(rest(answer)), "body of " + status);
      }
      assertEquals(before + 1, host.exchanges().size(), "requests for " + status);
    }
  }

  @Test
  void anAnswerIsFoundBehindInterimOnes() throws Exception {
    host.answers(exchange -> {
      exchange.send("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n");
      exchange.send(OK, bytes("file"));
    });
    assertEquals("file", text(bodyOf("/f")));
  }

  @Test
  void aHeaderIsFoundInAnyCaseAndTheFirstOfSeveralCounts() throws Exception {
    host.answers(exchange -> exchange.send(
        OK + "\r\neTAG: \"0x8D\"\r\nX-Two: one\r\nx-two: two\r\nX-Empty:", bytes("x")));
    try (HttpAnswer answer = get("/f")) {
      assertEquals(Optional.of("\"0x8D\""), answer.header("ETag"));
      assertEquals(Optional.of("one"), answer.header("X-TWO"));
      assertEquals(Optional.of(""), answer.header("X-Empty"));
      assertEquals(Optional.of("1"), answer.header("content-length"));
      assertEquals(Optional.empty(), answer.header("Content-MD5"));
    }
  }

  @Test
  void aLinkGoesOutByteForByte() throws Exception {
    for (String target : List.of(
        "/dmf/Customer%20g%7B0a%7D.csv?sv=2014-02-14&sig=a%2Fb%2B%3d&se=2030-01-01T00%3A00%3A00Z",
        "/a//b/../c/./%2e%2e/d;p=1?x=+&y=%c3%a4&&z",
        "//two/slashes?q=//",
        "/~tilde/'()*!$,@:?a=b?c=/d",
        "/%41%42?%73ig=x")) {
      bodyOf(target);
      List<ScriptedHost.Exchange> all = host.exchanges();
      assertEquals("GET " + target + " HTTP/1.1", all.get(all.size() - 1).line());
    }
  }

  @Test
  void aLinkWithoutAPathAsksForTheRoot() throws Exception {
    bodyOf("");
    assertEquals("GET / HTTP/1.1", host.exchanges().get(0).line());
  }

  @Test
  void whatIsGivenGoesOutAndNothingOfItsOwn() throws Exception {
    Map<String, String> given = Map.of(
        "Range", "bytes=5-",
        "If-Match", "\"0x8D\"",
        "Authorization", "Bearer abc");
    try (HttpAnswer answer = reader.get(host.at("/f"), given)) {
      rest(answer);
    }
    bodyOf("/f");
    ScriptedHost.Exchange asked = host.exchanges().get(0);
    given.forEach((name, value) -> assertEquals(Optional.of(value), asked.header(name)));
    assertEquals(Optional.of(host.at("").getRawAuthority()), asked.header("Host"));
    assertEquals(Set.of(), without(given.keySet(), asked));
    assertEquals(Set.of(), without(Set.of(), host.exchanges().get(1)), "without any given");
  }

  private static Set<String> without(Set<String> given, ScriptedHost.Exchange asked) {
    Set<String> lower =
        given.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    return asked.headers().stream()
        .map(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT))
        .filter(name -> !lower.contains(name) && !OF_ITS_OWN.contains(name))
        .collect(Collectors.toSet());
  }

  @Test
  void aBodyIsNotDecoded() throws Exception {
    byte[] packed = random(5000);
    for (String encoding : List.of("gzip", "deflate", "br", "aes128gcm", "identity")) {
      host.answers(exchange -> exchange.send(OK + "\r\nContent-Encoding: " + encoding, packed));
      try (HttpAnswer answer = get("/f.gz")) {
        assertEquals(Optional.of(encoding), answer.header("Content-Encoding"));
        assertEquals(Optional.of("5000"), answer.header("Content-Length"));
        assertArrayEquals(packed, rest(answer), encoding);
      }
    }
  }

  @Test
  void aCookieIsNotSentBack() throws Exception {
    host.answers(exchange -> exchange.send(OK + "\r\nSet-Cookie: a=b; Path=/", bytes("x")));
    bodyOf("/f");
    bodyOf("/f");
    assertEquals(Optional.empty(), host.exchanges().get(1).header("Cookie"));
  }

  @Test
  void nothingIsTakenFromTheEnvironment() throws Exception {
    ProxySelector proxies = ProxySelector.getDefault();
    CookieHandler cookies = CookieHandler.getDefault();
    Authenticator passwords = Authenticator.getDefault();
    try (ScriptedHost proxy = ScriptedHost.http()) {
      ProxySelector.setDefault(ProxySelector.of(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.at("/").getPort())));
      CookieManager jar = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
      jar.put(host.at("/f"), Map.of("Set-Cookie", List.of("a=b; Path=/")));
      CookieHandler.setDefault(jar);
      Authenticator.setDefault(new Authenticator() {
        @Override
        protected PasswordAuthentication getPasswordAuthentication() {
          return new PasswordAuthentication("somebody", "password".toCharArray());
        }
      });
      reader.close();
      reader = open(hosts(), SHORT);
      host.answers(exchange ->
          exchange.send("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"a\"", bytes("no")));
      assertEquals("no", text(bodyOf("/f")));
      assertEquals(1, host.exchanges().size());
      assertEquals(Set.of(), without(Set.of(), host.exchanges().get(0)));
      assertEquals(List.of(), proxy.exchanges());
    } finally {
      ProxySelector.setDefault(proxies);
      CookieHandler.setDefault(cookies);
      Authenticator.setDefault(passwords);
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
