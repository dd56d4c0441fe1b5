package dev.landfall.transport.http;

import static dev.landfall.transport.http.RawSender.head;
import static dev.landfall.transport.http.Sender.post;
import static dev.landfall.transport.http.Sender.send;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.spi.Disposition;
import dev.landfall.spi.Receiver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WebhookSlownessTest {

  private static final Receiver ACCEPTING =
      delivery -> CompletableFuture.completedFuture(Disposition.accepted());

  private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
  private final List<RawSender> senders = new ArrayList<>();
  private Webhook webhook = Webhook.on(0).sharedSecret(Sender.SECRET).build();

  @AfterEach
  void close() throws IOException {
    ticks.shutdownNow();
    for (RawSender sender : senders) {
      sender.close();
    }
    webhook.close();
  }

  private void start(Duration requestDeadline) {
    webhook = Webhook.on(0)
        .sharedSecret(Sender.SECRET)
        .requestDeadline(requestDeadline)
        .build();
    webhook.start(ACCEPTING);
  }

  @Test
  void drippingSendersAreCutOffWhileAGoodOneIsAnswered() throws Exception {
    start(Duration.ofMillis(700));
    RawSender drippingHead = dripping(head());
    RawSender drippingBody = dripping(head("Content-Length: 100000") + "\r\n");
    RawSender drippingChunks = dripping(head("Transfer-Encoding: chunked") + "\r\n7fffffff\r\n");
    RawSender drippingStranger =
        dripping("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
    CompletableFuture<List<String>> cut = CompletableFuture.supplyAsync(() -> List.of(
        rest(drippingHead), rest(drippingBody), rest(drippingChunks), rest(drippingStranger)));
    int good = 0;
    while (!cut.isDone()) {
      assertEquals(202, send(post(webhook, "{}")).statusCode());
      good++;
    }
    assertTrue(good > 0);
    assertEquals("", cut.join().get(0));
    assertTrue(cut.join().get(1).startsWith("HTTP/1.1 408 "), cut.join().get(1));
    assertTrue(cut.join().get(2).startsWith("HTTP/1.1 408 "), cut.join().get(2));
    assertTrue(cut.join().get(3).startsWith("HTTP/1.1 401 "), cut.join().get(3));
  }

  @Test
  void silentSendersAreCutOffToo() throws Exception {
    start(Duration.ofMillis(200));
    assertEquals("", rest(sender()));
    assertEquals("", rest(sender().write("POST / HT")));
    String answer = rest(sender().write(head("Content-Length: 10") + "\r\n{"));
    assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
    assertTrue(answer.contains("within 200 ms"), answer);
    assertTrue(answer.contains("Connection: close"), answer);
  }

  @Test
  void theDeadlineBeginsAnewWithEachRequestOfAConnection() throws Exception {
    start(Duration.ofMillis(500));
    RawSender sender = sender();
    String request = head("Content-Length: 2") + "\r\n{}";
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < MILLISECONDS.toNanos(1_200)) {
      String answer = sender.write(request).answer();
      assertTrue(answer.startsWith("HTTP/1.1 202 "), answer);
    }
    String late = rest(sender.write(head("Content-Length: 2") + "\r\n{"));
    assertTrue(late.startsWith("HTTP/1.1 408 "), late);
  }

  @Test
  void hundredsOfStalledRequestsKeepNobodyFromBeingAnswered() throws Exception {
    start(Duration.ofSeconds(15));
    for (int count = 0; count < 300; count++) {
      sender().write(head("Content-Length: 1000") + "\r\n{\"stalled\":");
    }
    for (int count = 0; count < 100; count++) {
      sender().write(head());
    }
    assertEquals(202, send(post(webhook, "{}")).statusCode());

    webhook.close();
    String answer = rest(senders.get(0));
    assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
    assertTrue(answer.contains("Retry-After: "), answer);
  }

  @Test
  void anAnswerMayTakeLongerThanARequestMayArrive() throws Exception {
    webhook = Webhook.on(0)
        .sharedSecret(Sender.SECRET)
        .requestDeadline(Duration.ofMillis(100))
        .build();
    webhook.start(delivery -> {
      CompletableFuture<Disposition> verdict = new CompletableFuture<>();
      var unused =
          ticks.schedule(() -> verdict.complete(Disposition.accepted()), 400, MILLISECONDS);
      return verdict;
    });
    assertEquals(202, send(post(webhook, "{}")).statusCode());
  }

  private RawSender sender() throws IOException {
    RawSender sender = new RawSender(webhook);
    senders.add(sender);
    return sender;
  }

  private RawSender dripping(String beginning) throws IOException {
    RawSender sender = sender().write(beginning);
    var unused = ticks.scheduleAtFixedRate(() -> drip(sender), 0, 20, MILLISECONDS);
    return sender;
  }

  private static void drip(RawSender sender) {
    try {
      sender.write("x");
    } catch (IOException closed) {
      throw new IllegalStateException("The sender is cut off and drips no more.", closed);
    }
  }

  private static String rest(RawSender sender) {
    try {
      return sender.rest();
    } catch (IOException tooLong) {
      throw new AssertionError("The connection is still open.", tooLong);
    }
  }
}
