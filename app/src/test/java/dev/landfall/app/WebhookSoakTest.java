package dev.landfall.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.Pipeline;
import dev.landfall.Route;
import dev.landfall.ledger.jdbc.JdbcLedger;
import dev.landfall.transport.http.Webhook;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A webhook that gets 500 events a second for as long as {@code -Dlandfall.webhook.soak=600} tells,
 * in seconds; every build does with less.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class WebhookSoakTest {

  private static final int PER_SECOND = 500;
  private static final int WARM_UP = 3 * PER_SECOND;
  private static final int EVENTS = PER_SECOND * Integer.getInteger("landfall.webhook.soak", 10);
  private static final long PERIOD = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;

  @TempDir
  Path folder;

  private final Set<String> handled = ConcurrentHashMap.newKeySet();
  private final CountDownLatch landed = new CountDownLatch(WARM_UP + EVENTS);

  @Test
  void noEventIsLost() throws Exception {
    Webhook webhook = Webhook.on(0).path("/events").sharedSecret(House.SECRET).build();
    long[] took;
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
      SteadySender sender = new SteadySender(webhook.uri(), House.SECRET, PERIOD);
      sender.post(0, WARM_UP);
      took = sender.post(WARM_UP, EVENTS);
      assertTrue(
          landed.await(5, TimeUnit.MINUTES), () -> landed.getCount() + " events did not land");
    }
    Arrays.sort(took);
    System.out.printf(
        "%d events: p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, longest %.1f ms%n",
        took.length, at(took, 0.5), at(took, 0.99), at(took, 0.999), at(took, 1));
    // The times are told and not judged: a build shares its machine.
    assertEquals(WARM_UP + EVENTS, handled.size());
  }

  private static double at(long[] sorted, double part) {
    return sorted[Math.min(sorted.length - 1, (int) (sorted.length * part))] / 1e6;
  }
}
