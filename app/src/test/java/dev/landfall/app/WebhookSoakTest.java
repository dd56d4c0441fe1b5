package dev.landfall.app;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.Pipeline;
import dev.landfall.Route;
import dev.landfall.ledger.jdbc.JdbcLedger;
import dev.landfall.transport.http.Webhook;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A webhook that gets 500 events a second for as long as {@code -Dlandfall.webhook.soak=600} tells,
 * in seconds; every build does with less.
 *
 * <p>The sender keeps its pace whether it is answered or not, and each event's time runs from when
 * it was due: what a pause of the webhook delays counts in full.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class WebhookSoakTest {

  private static final int PER_SECOND = 500;
  private static final int SECONDS = Integer.getInteger("landfall.webhook.soak", 10);
  private static final int EVENTS = PER_SECOND * SECONDS;
  private static final long PERIOD = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;

  @TempDir
  Path folder;

  private final Set<String> handled = ConcurrentHashMap.newKeySet();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicLongArray took = new AtomicLongArray(EVENTS);
  private final CountDownLatch answered = new CountDownLatch(EVENTS);
  private final CountDownLatch landed = new CountDownLatch(EVENTS);

  @Test
  void noEventIsLostAndTheAnswersAreQuick() throws Exception {
    Webhook webhook = Webhook.on(0).path("/events").sharedSecret(House.SECRET).build();
    try (Pipeline pipeline = Pipeline.from(webhook)
        .ledger(JdbcLedger.sqlite(folder.resolve("ledger.db")))
        .spool(folder.resolve("spool"))
        .route(Route.named("soak").handle(event -> {
          if (handled.add(event.id().value())) {
            landed.countDown();
          }
        }))
        .build()) {
      pipeline.start();
      assertTrue(
          postAll(URI.create(webhook.uri() + "?code=" + House.SECRET)),
          () -> answered.getCount() + " had no answer");
      assertEquals("", String.join("\n", wrong));
      assertTrue(landed.await(5, TimeUnit.MINUTES), landed.getCount() + " did not land");
    }
    long[] sorted = new long[EVENTS];
    Arrays.setAll(sorted, took::get);
    Arrays.sort(sorted);
    System.out.printf(
        "%d events in %d s: p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, longest %.1f ms%n",
        EVENTS, SECONDS, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 0.999), at(sorted, 1));
    assertAll(
        () -> assertEquals(EVENTS, handled.size()),
        // Under 50 where nothing else runs; a build shares its machine.
        () -> assertTrue(at(sorted, 0.99) < 1_000, at(sorted, 0.99) + " ms"));
  }

  private static double at(long[] sorted, double part) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * part))] / 1e6;
  }

  /** {@return whether all were answered} */
  private boolean postAll(URI endpoint) throws InterruptedException {
    HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    AtomicInteger next = new AtomicInteger();
    ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1);
    long begin = System.nanoTime();
    var unused = clock.scheduleAtFixedRate(
        () -> {
          int number = next.getAndIncrement();
          if (number < EVENTS) {
            post(client, endpoint, number, begin + number * PERIOD);
          }
        },
        0,
        PERIOD,
        TimeUnit.NANOSECONDS);
    try {
      return answered.await(SECONDS + 60L, TimeUnit.SECONDS);
    } finally {
      clock.shutdownNow();
    }
  }

  private void post(HttpClient client, URI endpoint, int number, long due) {
    String event = """
        {"BusinessEventId":"SoakBusinessEvent","BusinessEventLegalEntity":"USMF","ControlNumber":%d,\
        "EventId":"%s","EventTimeIso8601":"2030-01-01T00:05:00Z"}""".formatted(number, new UUID(1, number).toString());
    HttpRequest request = HttpRequest.newBuilder(endpoint)
        .timeout(Duration.ofSeconds(30))
        .POST(BodyPublishers.ofString(event))
        .build();
    var unused = client
        .sendAsync(request, BodyHandlers.ofString())
        .whenComplete((answer, failure) -> {
          took.set(number, System.nanoTime() - due);
          if (failure != null) {
            wrong.add(number + " " + failure);
          } else if (answer.statusCode() != 202) {
            wrong.add(number + " " + answer.statusCode() + " " + answer.body());
          }
          answered.countDown();
        });
  }
}
