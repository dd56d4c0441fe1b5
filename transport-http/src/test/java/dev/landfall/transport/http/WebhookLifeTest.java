package dev.landfall.transport.http;

import static dev.landfall.transport.http.Sender.post;
import static dev.landfall.transport.http.Sender.send;
import static dev.landfall.transport.http.Sender.sendAsync;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Reason;
import dev.landfall.spi.Disposition;
import dev.landfall.spi.Receiver;
import dev.landfall.spi.SourceException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WebhookLifeTest {

  private static final Receiver ACCEPTING =
      delivery -> CompletableFuture.completedFuture(Disposition.accepted());

  private static Webhook on(int port) {
    return Webhook.on(port).sharedSecret(Sender.SECRET).build();
  }

  @Test
  void portZeroTakesAnyFreePortAndTellsWhich() throws Exception {
    try (Webhook webhook = on(0)) {
      assertEquals(0, webhook.port());
      webhook.start(ACCEPTING);
      assertNotEquals(0, webhook.port());
      assertEquals("webhook :" + webhook.port(), webhook.name());
      assertEquals("http://127.0.0.1:" + webhook.port() + "/", webhook.uri().toString());
      assertEquals(202, send(post(webhook, "{}")).statusCode());
    }
  }

  @Test
  void allAddressesAreTakenWhenToldSo() throws Exception {
    try (Webhook webhook = Webhook.on(0).host("0.0.0.0").withoutSecret().build()) {
      webhook.start(ACCEPTING);
      assertEquals(202, send(post(webhook, "{}")).statusCode());
    }
  }

  @Test
  void aPortThatIsTakenIsToldWithTheWayOutAndNothingIsLeftOpen() throws Exception {
    Webhook webhook;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      webhook = on(taken.getLocalPort());
      var failure = assertThrows(SourceException.class, () -> webhook.start(ACCEPTING));
      assertEquals(Reason.SOURCE_UNAVAILABLE, failure.reason());
      assertFalse(failure.retryable());
      String message = failure.getMessage();
      assertTrue(message.contains("127.0.0.1:" + taken.getLocalPort()), message);
      assertTrue(message.contains("Address already in use"), message);
      assertTrue(message.contains("port 0"), message);
    }
    assertFalse(threadsNamed("webhook-" + webhook.port()));
    webhook.start(ACCEPTING);
    assertEquals(202, send(post(webhook, "{}")).statusCode());
    webhook.close();
  }

  @Test
  void anAddressOfAnotherMachineCannotBeTaken() {
    try (Webhook webhook =
        Webhook.on(0).host("192.0.2.1").sharedSecret(Sender.SECRET).build()) {
      var failure = assertThrows(SourceException.class, () -> webhook.start(ACCEPTING));
      assertTrue(failure.getMessage().contains("192.0.2.1:0"), failure.getMessage());
    }
  }

  @Test
  void aClosedWebhooksPortIsFreeForTheNext() throws Exception {
    Webhook first = on(0);
    first.start(ACCEPTING);
    assertEquals(202, send(post(first, "{}")).statusCode());
    first.close();
    assertThrows(IOException.class, () -> send(post(first, "{}")));
    assertFalse(threadsNamed("webhook-" + first.port()));
    try (Webhook second = on(first.port())) {
      second.start(ACCEPTING);
      assertEquals(202, send(post(second, "{}")).statusCode());
    }
  }

  @Test
  void aWebhookIsStartedOnce() {
    Webhook webhook = on(0);
    webhook.start(ACCEPTING);
    assertThrows(IllegalStateException.class, () -> webhook.start(ACCEPTING));
    webhook.close();
    assertThrows(IllegalStateException.class, () -> webhook.start(ACCEPTING));
    Webhook closed = on(0);
    closed.close();
    assertThrows(IllegalStateException.class, () -> closed.start(ACCEPTING));
  }

  /** A webhook whose receiver never has an answer. */
  private static Webhook startedWithoutAnswers(Duration answerWithin, CountDownLatch arrived) {
    Webhook webhook =
        Webhook.on(0).sharedSecret(Sender.SECRET).answerWithin(answerWithin).build();
    webhook.start(delivery -> {
      arrived.countDown();
      return new CompletableFuture<>();
    });
    return webhook;
  }

  @Test
  void aClosingWebhookWaitsNoLongerThanAnAnswerMayTake() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    Webhook webhook = startedWithoutAnswers(Duration.ofMillis(800), arrived);
    var answer = sendAsync(post(webhook, "{}"));
    assertTrue(arrived.await(20, SECONDS), "Nothing arrived.");
    webhook.close();
    assertEquals(503, answer.get(20, SECONDS).statusCode());
  }

  @Test
  void anInterruptedCloseIsHurriedAndStaysInterrupted() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    Webhook webhook = startedWithoutAnswers(Duration.ofHours(1), arrived);
    var answer = sendAsync(post(webhook, "{}"));
    assertTrue(arrived.await(20, SECONDS), "Nothing arrived.");
    Thread.currentThread().interrupt();
    webhook.close();
    assertTrue(Thread.interrupted());
    assertThrows(Exception.class, () -> answer.get(20, SECONDS));
    assertFalse(threadsNamed("webhook-" + webhook.port()));
  }

  @Test
  void whileItClosesNewRequestsOnOpenConnectionsAreSentAway() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CompletableFuture<Disposition> verdict = new CompletableFuture<>();
    Webhook webhook = on(0);
    webhook.start(delivery -> {
      arrived.countDown();
      return verdict;
    });
    var underWay = sendAsync(post(webhook, "{}"));
    assertTrue(arrived.await(20, SECONDS), "Nothing arrived.");
    try (RawSender open = new RawSender(webhook)) {
      String request = RawSender.head("Content-Length: 0") + "\r\n";
      assertTrue(open.write(request).answer().startsWith("HTTP/1.1 400 "));
      Thread closing = new Thread(webhook::close);
      closing.start();
      while (closing.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      String answer = open.write(request).answer();
      assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
      assertTrue(answer.contains("Connection: close"), answer);
      assertThrows(ConnectException.class, () -> new RawSender(webhook));
      verdict.complete(Disposition.accepted());
      assertEquals(202, underWay.get(20, SECONDS).statusCode());
      closing.join(SECONDS.toMillis(5));
      assertFalse(closing.isAlive(), "Nothing is under way, and still it does not close.");
    }
  }

  private static boolean threadsNamed(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.isAlive() && thread.getName().startsWith(prefix));
  }
}
