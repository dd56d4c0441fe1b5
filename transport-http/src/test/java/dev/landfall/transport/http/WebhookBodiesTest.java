package dev.landfall.transport.http;

import static dev.landfall.transport.http.RawSender.head;
import static dev.landfall.transport.http.Sender.post;
import static dev.landfall.transport.http.Sender.send;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Headers;
import dev.landfall.spi.Disposition;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WebhookBodiesTest {

  private static final int LIMIT = 100_000;

  private final BlockingQueue<byte[]> bodies = new LinkedBlockingQueue<>();
  private volatile Headers headers = Headers.none();
  private Webhook webhook;

  @BeforeEach
  void start() {
    webhook = Webhook.on(0).sharedSecret(Sender.SECRET).bodyLimit(LIMIT).build();
    webhook.start(delivery -> {
      bodies.add(delivery.body().toByteArray());
      headers = delivery.headers();
      return CompletableFuture.completedFuture(Disposition.accepted());
    });
  }

  @AfterEach
  void close() {
    webhook.close();
  }

  @Test
  void headersComeAlongWithoutCredentials() throws Exception {
    var request = post(webhook, "{}")
        .header("ce-id", "7")
        .header("Authorization", "Basic c2VjcmV0")
        .header("Cookie", "session=secret");
    assertEquals(202, send(request).statusCode());
    assertEquals(Optional.of("7"), headers.get("CE-ID"));
    for (String credential : List.of("Authorization", "Cookie", "X-Landfall-Secret")) {
      assertEquals(Optional.empty(), headers.get(credential));
    }
  }

  @Test
  void aBodyMayBeAsLargeAsTheLimitAndNoLarger() throws Exception {
    assertEquals(202, send(post(webhook, new byte[LIMIT])).statusCode());
    assertEquals(LIMIT, bodies.remove().length);
    try (RawSender sender = new RawSender(webhook)) {
      String answer =
          sender.write(head("Content-Length: " + (LIMIT + 1)) + "\r\n").rest();
      assertStatus(413, answer);
      assertTrue(answer.contains("at most 100000 bytes"), answer);
    }
    assertTrue(bodies.isEmpty());
  }

  @Test
  void theLimitHoldsForBodiesOfUnknownLength() throws Exception {
    try (RawSender sender = new RawSender(webhook)) {
      sender.write(head("Transfer-Encoding: chunked") + "\r\n");
      chunk(sender, new byte[LIMIT - 1]);
      chunk(sender, new byte[1]);
      assertStatus(202, sender.write("0\r\n\r\n").answer());
      assertEquals(LIMIT, bodies.remove().length);

      sender.write(head("Transfer-Encoding: chunked") + "\r\n");
      chunk(sender, new byte[LIMIT]);
      chunk(sender, new byte[1]);
      assertStatus(413, sender.answer());
      assertEquals("", sender.rest());
    }
    assertTrue(bodies.isEmpty());
  }

  @Test
  void aBodyThatSaysItIsTooLargeIsRefusedBeforeItIsSent() throws Exception {
    try (RawSender sender = new RawSender(webhook)) {
      sender.write(head("Content-Length: 50000000", "Expect: 100-continue") + "\r\n");
      String answer = sender.answer();
      assertStatus(413, answer);
      assertTrue(answer.contains("at most 100000 bytes"), answer);
      assertTrue(answer.contains("Connection: close"), answer);
      assertEquals("", sender.rest());
    }
  }

  @Test
  void aBodyWithoutEndIsCutOff() throws Exception {
    try (RawSender sender = new RawSender(webhook)) {
      sender.write(head("Transfer-Encoding: chunked") + "\r\n");
      CompletableFuture<Void> cut = CompletableFuture.runAsync(() -> {
        try {
          while (true) {
            chunk(sender, new byte[LIMIT / 10]);
          }
        } catch (IOException closed) {
          // What is waited for.
        }
      });
      assertStatus(413, sender.answer());
      cut.join();
    }
    assertEquals(202, send(post(webhook, "{}")).statusCode());
  }

  @Test
  void aSenderThatAsksFirstIsToldToContinue() throws Exception {
    try (RawSender sender = new RawSender(webhook)) {
      sender.write(head("Content-Length: 2", "Expect: 100-continue") + "\r\n");
      assertStatus(100, sender.answer());
      assertStatus(202, sender.write("{}").answer());
      sender.write(head("Content-Length: 2") + "\r\n{}");
      assertStatus(202, sender.answer());
    }
  }

  @Test
  void requestsSentWithoutWaitingAreAllAnsweredInOrder() throws Exception {
    try (RawSender sender = new RawSender(webhook)) {
      String empty = head("Content-Length: 0") + "\r\n";
      String small = head("Content-Length: 2") + "\r\n{}";
      String chunked = head("Transfer-Encoding: chunked") + "\r\n2\r\n[]\r\n0\r\n\r\n";
      sender.write(small + empty + chunked + small);
      for (int status : List.of(202, 400, 202, 202)) {
        assertStatus(status, sender.answer());
      }
    }
    assertArrayEquals(new byte[] {'{', '}'}, bodies.remove());
    assertArrayEquals(new byte[] {'[', ']'}, bodies.remove());
    assertArrayEquals(new byte[] {'{', '}'}, bodies.remove());
  }

  @Test
  void aSmallRefusedRequestLeavesTheConnectionOpen() throws Exception {
    try (RawSender sender = new RawSender(webhook)) {
      sender.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}");
      assertStatus(401, sender.answer());
      sender.write(head("Content-Length: 2") + "\r\n{}");
      assertStatus(202, sender.answer());
    }
  }

  @Test
  void aStrangersBodyIsNotWaitedFor() throws Exception {
    try (RawSender sender = new RawSender(webhook)) {
      sender.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{");
      assertStatus(401, sender.answer());
      assertEquals("", sender.rest());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NONSENSE\r\n\r\n",
        "POST / HTTP/1.1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST /../%2e%2e HTTP/1.1\r\nHost: a\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n"
      })
  void whatIsNotHttpGetsAShortAnswerAndNoStackTrace(String nonsense) throws Exception {
    try (RawSender sender = new RawSender(webhook)) {
      String answer = sender.write(nonsense).rest();
      assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
      assertTrue(answer.contains("application/problem+json"), answer);
      assertFalse(answer.contains("jetty") || answer.contains("Exception"), answer);
    }
  }

  @Test
  void aHeadThatIsTooLargeIsRefused() throws Exception {
    try (RawSender sender = new RawSender(webhook)) {
      String answer =
          sender.write(head("X-Long: " + "x".repeat(20_000)) + "\r\n").rest();
      assertStatus(431, answer);
    }
  }

  @Test
  void aBrokenChunkIsRefused() throws Exception {
    try (RawSender sender = new RawSender(webhook)) {
      String answer = sender
          .write(head("Transfer-Encoding: chunked") + "\r\nxyz\r\n{}\r\n0\r\n\r\n")
          .rest();
      assertStatus(400, answer);
    }
    assertTrue(bodies.isEmpty());
  }

  @Test
  void aBodyThatEndsEarlyIsNotDelivered() throws Exception {
    try (RawSender sender = new RawSender(webhook)) {
      sender.write(head("Content-Length: 10") + "\r\n{}").endOutput();
      assertStatus(400, sender.rest());
    }
    assertTrue(bodies.isEmpty());
  }

  private static void chunk(RawSender sender, byte[] bytes) throws IOException {
    sender.write(Integer.toHexString(bytes.length) + "\r\n").write(bytes).write("\r\n");
  }

  private static void assertStatus(int status, String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
  }
}
