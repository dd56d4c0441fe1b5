package dev.landfall.transport.http;

import dev.landfall.spi.Disposition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** A webhook in a process of its own, with a small heap, that tells how much of it is in use. */
final class AbuseTarget {

  static final int BODY_LIMIT = 256 * 1024;
  static final String SMUGGLED = "SMUGGLED";

  private AbuseTarget() {}

  /**
   * Serves until its input ends; each line of it is answered with the live heap in KiB, how many
   * events came and how many of them nobody sent.
   *
   * @param arguments how long a request may take, in milliseconds
   */
  public static void main(String[] arguments) throws IOException {
    AtomicLong taken = new AtomicLong();
    AtomicLong smuggled = new AtomicLong();
    try (Webhook webhook = Webhook.on(0)
            .path("/events")
            .sharedSecret(Sender.SECRET)
            .bodyLimit(BODY_LIMIT)
            .requestDeadline(Duration.ofMillis(Long.parseLong(arguments[0])))
            .build();
        BufferedReader input =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      webhook.start(delivery -> {
        taken.incrementAndGet();
        if (new String(delivery.body().toByteArray(), StandardCharsets.ISO_8859_1)
            .contains(SMUGGLED)) {
          smuggled.incrementAndGet();
        }
        return CompletableFuture.completedFuture(Disposition.accepted());
      });
      System.out.println(webhook.port());
      while (input.readLine() != null) {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        System.out.println("%d %d %d".formatted(heap / 1024, taken.get(), smuggled.get()));
      }
    }
  }
}
