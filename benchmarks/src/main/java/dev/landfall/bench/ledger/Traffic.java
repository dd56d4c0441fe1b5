package dev.landfall.bench.ledger;

import dev.landfall.bench.load.EventIds;
import dev.landfall.bench.load.ExportEvent;
import dev.landfall.event.BusinessEvent;
import dev.landfall.event.EventId;
import dev.landfall.event.RawEvent;
import dev.landfall.file.Receipt;
import dev.landfall.json.EventReader;
import dev.landfall.json.EventWriter;
import dev.landfall.spi.Claim;
import dev.landfall.spi.EventFacts;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.Ledger;
import dev.landfall.spi.Recorded;
import dev.landfall.spi.Settlement;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** What a pipeline asks of its ledger: many record, one claims, some settle. */
final class Traffic implements AutoCloseable {

  private static final int CALLERS = 64;
  private static final int WORKERS = 8;
  static final String ROUTE = "exports";
  private static final Duration LINK_LIFETIME = Duration.ofHours(1);
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final Map<String, Receipt> RECEIPTS = Map.of(
      "folder /srv/exports",
      new Receipt("/srv/exports/Vendor groups/usmf/2026-11-24/export.csv", 10_240, null));

  private final Clock clock = Clock.systemUTC();
  private final BusinessEvent event = new EventReader().read(RawEvent.of(ExportEvent.bytes()));
  private final RawEvent kept = new EventWriter().withoutSecrets(event);
  private final Ledger ledger;
  private final EventIds ids;
  private final RawEvent body = RawEvent.of(ExportEvent.bytes());
  private final AtomicInteger recorded = new AtomicInteger();
  private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);

  /** Creates traffic on a ledger that knows none of these ids. */
  Traffic(Ledger ledger, EventIds ids) {
    this.ledger = ledger;
    this.ids = ids;
  }

  /** Records events from many threads, each of which waits until its event is durable. */
  Duration record(int events) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    int last = recorded.get() + events;
    all(Collections.nCopies(CALLERS, () -> {
      int number = recorded.getAndIncrement();
      while (number < last) {
        record(ids.id(number));
        number = recorded.getAndIncrement();
      }
      return null;
    }));
    recorded.set(last);
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private void record(String id) throws IOException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Landing landing = Landing.first(
            new LandingId(new EventId(id), ROUTE), now, EventFacts.of(event), body)
        .before(now.plus(LINK_LIFETIME));
    List<Recorded> answers =
        ledger.record(List.of(landing)).toCompletableFuture().join();
    if (!answers.get(0).isNew()) {
      throw new IOException("A new event was to be recorded; the ledger knew it.");
    }
  }

  /** Claims what is most urgent, as many as there are workers, each of which settles one. */
  Duration land(int events) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    for (int landed = 0; landed < events; ) {
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      int wanted = Math.min(WORKERS, events - landed);
      List<Claim> claims = ledger.claim(wanted, Set.of(ROUTE), now, now.plus(LEASE));
      if (claims.size() != wanted) {
        throw new IOException("%d events were to be claimed; the ledger handed out %d."
            .formatted(wanted, claims.size()));
      }
      List<Callable<Void>> work = new ArrayList<>();
      for (Claim claim : claims) {
        work.add(() -> {
          settle(claim);
          return null;
        });
      }
      all(work);
      landed += wanted;
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private void settle(Claim claim) throws IOException {
    Settlement stored = new Settlement.Stored(RECEIPTS, kept);
    if (!ledger.settle(claim, stored, clock.instant().truncatedTo(ChronoUnit.MILLIS))) {
      throw new IOException("A claim was lost before it could be settled.");
    }
  }

  private void all(List<? extends Callable<Void>> work) throws IOException, InterruptedException {
    try {
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    } catch (ExecutionException failed) {
      throw new IOException("The ledger failed: " + failed.getCause(), failed);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
