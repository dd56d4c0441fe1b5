package dev.landfall.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Headers;
import dev.landfall.spi.Disposition;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An endpoint that some other server hands requests to. */
@Timeout(60)
class WebhookEndpointTest {

  private static final byte[] EVENT = {'{', '}'};

  private final CompletableFuture<Disposition> verdict = new CompletableFuture<>();

  private static WebhookRequest post(@Nullable String query, Map<String, String> headers) {
    return new WebhookRequest("POST", "/x", query, Headers.of(headers), -1, null);
  }

  private static final WebhookRequest GOOD = post("code=" + "a-secret-of-the-test", Map.of());

  private static WebhookEndpointBuilder builder() {
    return WebhookEndpoint.named("/x").sharedSecret("a-secret-of-the-test");
  }

  private static int statusOf(CompletableFuture<WebhookAnswer> answer) throws Exception {
    return answer.get(20, TimeUnit.SECONDS).status();
  }

  private static CompletableFuture<WebhookAnswer> answer(
      WebhookEndpoint endpoint, WebhookRequest head, byte[] body) {
    return endpoint.answer(head, body).toCompletableFuture();
  }

  @Test
  void itTellsSendersToTryLaterBeforeItIsStartedAndAfterItIsClosed() throws Exception {
    WebhookEndpoint endpoint = builder().build();
    assertEquals(503, statusOf(answer(endpoint, GOOD, EVENT)));
    assertEquals(503, endpoint.answerToHead(GOOD).orElseThrow().status());
    endpoint.start(delivery -> CompletableFuture.completedFuture(Disposition.accepted()));
    assertTrue(endpoint.answerToHead(GOOD).isEmpty());
    assertEquals(202, statusOf(answer(endpoint, GOOD, EVENT)));
    endpoint.close();
    assertEquals(503, statusOf(answer(endpoint, GOOD, EVENT)));
    assertThrows(IllegalStateException.class, () -> endpoint.start(delivery -> verdict));
  }

  @Test
  void itAsksAboutTheHeadByItself() throws Exception {
    try (WebhookEndpoint endpoint = builder().bodyLimit(2).build()) {
      endpoint.start(delivery -> verdict);
      assertEquals(401, statusOf(answer(endpoint, post(null, Map.of()), EVENT)));
      assertEquals(413, statusOf(answer(endpoint, GOOD, new byte[3])));
      assertEquals(400, statusOf(answer(endpoint, GOOD, new byte[0])));
      assertEquals(2, endpoint.bodyLimit());
      verdict.complete(Disposition.accepted());
    }
  }

  @Test
  void aSenderHearsInTimeWhateverThePipelineDoes() throws Exception {
    try (WebhookEndpoint endpoint =
        builder().answerWithin(Duration.ofMillis(50)).build()) {
      endpoint.start(delivery -> verdict);
      WebhookAnswer late = answer(endpoint, GOOD, EVENT).get(20, TimeUnit.SECONDS);
      assertEquals(503, late.status());
      assertEquals("5", late.headers().get("Retry-After"));
    }
  }

  @Test
  void noMoreAreHeldThanMayBe() throws Exception {
    try (WebhookEndpoint endpoint = builder().maxConcurrentRequests(1).build()) {
      endpoint.start(delivery -> verdict);
      CompletableFuture<WebhookAnswer> first = answer(endpoint, GOOD, EVENT);
      assertEquals(503, statusOf(answer(endpoint, GOOD, EVENT)));
      verdict.complete(Disposition.accepted());
      assertEquals(202, statusOf(first));
      assertEquals(202, statusOf(answer(endpoint, GOOD, EVENT)));
    }
  }

  @Test
  void nothingOfARequestIsShownThatMayBeSecret() {
    String shown = GOOD.toString() + post(null, Map.of("Authorization", "Bearer x-secret-x"));
    assertFalse(shown.contains("secret"), shown);
  }
}
