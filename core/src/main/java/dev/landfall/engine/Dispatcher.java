package dev.landfall.engine;

import dev.landfall.event.LandfallException;
import dev.landfall.spi.Claim;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims due landings as workers become free, hands them out, and renews their leases.
 *
 * <p>One thread claims. It is woken when work arrives, and looks by itself for what has become due
 * or was left behind by an instance that died.
 */
final class Dispatcher implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
  private static final long LOOK_AGAIN_MILLIS = 250;
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(5);

  private final EngineSetup setup;
  private final Consumer<Claim> attempt;
  private final ExecutorService workers;
  private final ScheduledExecutorService renewals;
  private final Thread claiming;
  private final Semaphore free;
  private final Semaphore wakes = new Semaphore(0);
  private final Set<Claim> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  Dispatcher(EngineSetup setup, Consumer<Claim> attempt) {
    this.setup = setup;
    this.attempt = attempt;
    this.free = new Semaphore(setup.workers());
    this.workers = Executors.newFixedThreadPool(setup.workers(), named("landfall-worker-"));
    this.renewals = Executors.newSingleThreadScheduledExecutor(named("landfall-leases-"));
    this.claiming = new Thread(this::claimUntilClosed, "landfall-claims");
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger count = new AtomicInteger();
    return task -> new Thread(task, prefix + count.incrementAndGet());
  }

  void start() {
    long third = setup.lease().toMillis() / 3;
    Future<?> unusedUntilShutdown =
        renewals.scheduleAtFixedRate(this::renewAll, third, third, TimeUnit.MILLISECONDS);
    claiming.start();
  }

  /** Work has arrived. */
  void wake() {
    wakes.release();
  }

  private void claimUntilClosed() {
    try {
      while (!closing) {
        if (!claimWhatIsDue()) {
          wakes.tryAcquire(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
          wakes.drainPermits();
        }
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether there may be more. */
  private boolean claimWhatIsDue() throws InterruptedException {
    if (!free.tryAcquire(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
      return true;
    }
    int slots = 1 + free.drainPermits();
    List<Claim> claims = closing ? List.of() : claim(slots);
    free.release(slots - claims.size());
    for (Claim claim : claims) {
      underWay.add(claim);
      workers.execute(() -> work(claim));
    }
    return !claims.isEmpty();
  }

  private List<Claim> claim(int slots) {
    try {
      Instant now = now();
      return setup.ledger().claim(slots, now, now.plus(setup.lease()));
    } catch (LandfallException e) {
      log.error("The ledger cannot be asked for work now: {}", e.getMessage());
      return List.of();
    }
  }

  private void work(Claim claim) {
    try {
      attempt.accept(claim);
    } finally {
      underWay.remove(claim);
      free.release();
    }
  }

  private void renewAll() {
    for (Claim claim : underWay) {
      try {
        setup.ledger().renew(claim, now().plus(setup.lease()));
      } catch (RuntimeException e) {
        log.warn("The lease of {} could not be renewed.", claim.landing().id(), Redacted.of(e));
      }
    }
  }

  private Instant now() {
    return setup.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Claims nothing more, waits for what is under way as long as the setup says, then interrupts it;
   * what is interrupted goes back to the ledger.
   */
  @Override
  public void close() {
    closing = true;
    wake();
    try {
      claiming.join();
      workers.shutdown();
      if (!workers.awaitTermination(setup.drain().toMillis(), TimeUnit.MILLISECONDS)) {
        log.info("{} landings are not finished and stay in the ledger.", underWay.size());
        workers.shutdownNow();
        workers.awaitTermination(AFTER_INTERRUPT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException hurry) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    } finally {
      renewals.shutdownNow();
    }
  }
}
