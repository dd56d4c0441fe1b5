package dev.landfall.transport.http;

import static dev.landfall.transport.http.Sender.SECRET;
import static dev.landfall.transport.http.Sender.post;
import static dev.landfall.transport.http.Sender.postWithQuery;
import static dev.landfall.transport.http.Sender.send;
import static dev.landfall.transport.http.Sender.sendAsync;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.spi.Delivery;
import dev.landfall.spi.Disposition;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WebhookAnswersTest {

  private static final String NEXT_SECRET = "the-next-secret-of-the-test";

  private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
  private CompletableFuture<Disposition> verdict =
      CompletableFuture.completedFuture(Disposition.accepted());
  private Webhook webhook = Webhook.on(0).sharedSecret(Sender.SECRET).build();

  @AfterEach
  void close() {
    verdict.complete(Disposition.accepted());
    webhook.close();
  }

  private void start(WebhookBuilder builder) {
    webhook = builder.build();
    webhook.start(delivery -> {
      deliveries.add(delivery);
      return verdict;
    });
  }

  private void start() {
    start(Webhook.on(0).sharedSecret(SECRET));
  }

  @Test
  void anAcceptedEventIsAnsweredBriefly() throws Exception {
    Instant now = Instant.parse("2026-11-23T10:00:00Z");
    start(Webhook.on(0).sharedSecret(SECRET).clock(Clock.fixed(now, ZoneOffset.UTC)));
    var response = send(post(webhook, "{}"));
    assertEquals(202, response.statusCode());
    assertEquals("", response.body());
    assertFalse(response.headers().firstValue("Server").isPresent());
    Delivery delivery = deliveries.remove();
    assertEquals(now, delivery.arrivedAt());
    assertEquals("webhook :" + webhook.port(), delivery.source());
  }

  @Test
  void aRefusalIsExplainedInValidJson() throws Exception {
    verdict = CompletableFuture.completedFuture(
        Disposition.refused("No \"event\":\n\tC:\\temp \u0001 – größer."));
    start();
    var response = send(post(webhook, "{}"));
    assertEquals(400, response.statusCode());
    assertEquals(
        "application/problem+json",
        response.headers().firstValue("Content-Type").orElseThrow());
    assertEquals(
        "{\"title\":\"Bad Request\",\"status\":400,"
            + "\"detail\":\"No \\\"event\\\":\\u000a\\u0009C:\\\\temp \\u0001 – größer.\"}",
        response.body());
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S,1",
    "PT-5S,1",
    "PT0.001S,1",
    "PT1S,1",
    "PT1.0001S,2",
    "PT90S,90",
    "P30000D,86400"
  })
  void theWaitIsToldInWholeSecondsRoundedUp(Duration wait, String seconds) throws Exception {
    verdict = CompletableFuture.completedFuture(Disposition.tryLater(wait, "No room."));
    start();
    var response = send(post(webhook, "{}"));
    assertEquals(503, response.statusCode());
    assertEquals(seconds, response.headers().firstValue("Retry-After").orElseThrow());
    assertTrue(response.body().contains("\"detail\":\"No room.\""), response.body());
  }

  @Test
  void anotherPathIsNotFound() throws Exception {
    start(Webhook.on(0).sharedSecret(SECRET).path("/events"));
    for (String path : List.of("/", "/events/", "/Events", "/events/more")) {
      HttpRequest.Builder request = post(webhook, "{}").uri(webhook.uri().resolve(path));
      assertEquals(404, send(request).statusCode(), path);
    }
    assertEquals(202, send(post(webhook, "{}")).statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"})
  void onlyPostsAreTaken(String method) throws Exception {
    start();
    var response = send(post(webhook, "{}").method(method, BodyPublishers.ofString("{}")));
    assertEquals(405, response.statusCode());
    assertEquals("POST", response.headers().firstValue("Allow").orElseThrow());
  }

  @Test
  void anEmptyBodyIsRefused() throws Exception {
    start();
    assertEquals(400, send(post(webhook, "")).statusCode());
    assertTrue(deliveries.isEmpty());
  }

  @Test
  void aCompressedBodyIsRefusedAndAPlainOneIsNot() throws Exception {
    start();
    var response = send(post(webhook, "{}").header("Content-Encoding", "gzip"));
    assertEquals(415, response.statusCode());
    assertEquals("identity", response.headers().firstValue("Accept-Encoding").orElseThrow());
    assertEquals(
        202, send(post(webhook, "{}").header("Content-Encoding", "identity")).statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "code=the-secret-of-the-test%2B%2F%3D",
        "code=the-secret-of-the-test+/=",
        "a=b&code=the-secret-of-the-test%2b/=&c",
        "code=the-next-secret-of-the-test",
        "code=wrong&code=the-next-secret-of-the-test"
      })
  void anyOfTheSecretsIsGoodInTheQuery(String query) throws Exception {
    start(Webhook.on(0).sharedSecret(SECRET).sharedSecret(NEXT_SECRET));
    assertEquals(202, send(postWithQuery(webhook, query)).statusCode());
  }

  @Test
  void anyOfTheSecretsIsGoodInTheHeader() throws Exception {
    start(Webhook.on(0).sharedSecret(SECRET).sharedSecret(NEXT_SECRET));
    for (String secret : List.of(SECRET, NEXT_SECRET)) {
      assertEquals(
          202, send(post(webhook, "{}").setHeader("X-Landfall-Secret", secret)).statusCode());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "code",
        "code=",
        "code=the-secret-of-the-test",
        "code=the-secret-of-the-test%2B%2F%3Dx",
        "code=the-secret-of-the-test%20/=",
        "Code=the-secret-of-the-test%2B%2F%3D",
        "secret=the-secret-of-the-test%2B%2F%3D"
      })
  void aMissingOrWrongSecretIsRefusedAndNotRepeated(String query) throws Exception {
    start();
    var response = send(postWithQuery(webhook, query));
    assertEquals(401, response.statusCode());
    assertTrue(response.headers().firstValue("WWW-Authenticate").isPresent());
    assertFalse(response.body().contains("the-secret"), response.body());
    assertTrue(deliveries.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"code=%", "code=%zz", "code=the-secret-of-the-test%2B%2F%3"})
  void aMalformedQueryIsRefused(String query) throws Exception {
    start();
    try (RawSender sender = new RawSender(webhook)) {
      sender.write("POST /?" + query + " HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}");
      String answer = sender.answer();
      assertTrue(answer.startsWith("HTTP/1.1 40"), answer);
      assertFalse(answer.contains("the-secret"), answer);
    }
    assertTrue(deliveries.isEmpty());
  }

  @Test
  void aWrongSecretInTheHeaderIsRefused() throws Exception {
    start();
    assertEquals(
        401,
        send(post(webhook, "{}").setHeader("X-Landfall-Secret", SECRET + "x")).statusCode());
  }

  @Test
  void anOpenWebhookAsksNothing() throws Exception {
    start(Webhook.on(0).withoutSecret());
    assertEquals(202, send(postWithQuery(webhook, "code=anything")).statusCode());
  }

  @Test
  void aReceiverThatTakesTooLongIsNotWaitedFor() throws Exception {
    verdict = new CompletableFuture<>();
    start(Webhook.on(0).sharedSecret(SECRET).answerWithin(Duration.ofMillis(100)));
    var response = send(post(webhook, "{}"));
    assertEquals(503, response.statusCode());
    assertTrue(response.headers().firstValue("Retry-After").isPresent());
    assertTrue(verdict.complete(Disposition.accepted()), "The work was given up.");
    assertEquals(202, send(post(webhook, "{}")).statusCode());
    assertEquals(2, deliveries.size());
  }

  @Test
  void whoFindsNoRoomIsToldAtOnceToTryLater() throws Exception {
    verdict = new CompletableFuture<>();
    start(Webhook.on(0).sharedSecret(SECRET).maxConcurrentRequests(1));
    var first = sendAsync(post(webhook, "{}"));
    assertTrue(deliveries.poll(20, TimeUnit.SECONDS) != null, "Nothing arrived.");

    var second = send(post(webhook, "{}"));
    assertEquals(503, second.statusCode());
    assertTrue(second.headers().firstValue("Retry-After").isPresent());
    assertFalse(first.isDone());

    verdict.complete(Disposition.accepted());
    assertEquals(202, first.get(20, TimeUnit.SECONDS).statusCode());
    assertEquals(202, send(post(webhook, "{}")).statusCode());
  }
}
