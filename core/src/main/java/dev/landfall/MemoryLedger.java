package dev.landfall;

import dev.landfall.event.RawEvent;
import dev.landfall.spi.Arrival;
import dev.landfall.spi.Backlog;
import dev.landfall.spi.Claim;
import dev.landfall.spi.DeadLetter;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.LandingQuery;
import dev.landfall.spi.LandingReport;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Ledger;
import dev.landfall.spi.LedgerException;
import dev.landfall.spi.Recorded;
import dev.landfall.spi.Settlement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A ledger in memory, forgotten when the process ends.
 *
 * <p>It is not {@linkplain #durable() durable}, so the pipeline acknowledges a delivery only once
 * it is stored, and the sender keeps custody until then. It fits tests, and senders that wait and
 * try again.
 *
 * <p>Each call is done on the calling thread. Every landing is kept with its event's bytes until it
 * is {@linkplain #purge purged}, as the pipeline does some time after it was stored or discarded;
 * memory grows until then, and dead ones are kept until a person decides.
 */
public final class MemoryLedger implements Ledger {

  private final Map<LandingId, MemoryLanding> landings = new LinkedHashMap<>();
  private final Map<String, MemoryRoute> routes = new HashMap<>();
  private final Set<MemoryLanding> dead = new LinkedHashSet<>();
  private final TreeSet<MemoryLanding> done = new TreeSet<>(MemoryLanding.LONGEST_ENDED);
  private final Map<RawEvent, DeadLetter> buried = new LinkedHashMap<>();
  private long recorded;
  private long claims;
  private boolean closed;

  private MemoryLedger() {}

  /** {@return a new, empty ledger} */
  public static MemoryLedger create() {
    return new MemoryLedger();
  }

  @Override
  public boolean durable() {
    return false;
  }

  @Override
  public CompletionStage<List<Recorded>> record(List<Landing> some) {
    try {
      return CompletableFuture.completedFuture(recordNow(some));
    } catch (LedgerException closedAlready) {
      return CompletableFuture.failedFuture(closedAlready);
    }
  }

  private synchronized List<Recorded> recordNow(List<Landing> some) {
    requireOpen();
    return some.stream().map(this::recordNow).toList();
  }

  private Recorded recordNow(Landing landing) {
    LandingId id = landing.id();
    MemoryLanding known = landings.get(id);
    if (known != null) {
      return new Recorded(id, false, known.state(), Arrival.IN_ORDER);
    }
    MemoryLanding fresh = new MemoryLanding(landing, recorded++);
    landings.put(id, fresh);
    MemoryRoute route = routeOf(fresh);
    route.put(fresh);
    return new Recorded(id, true, LandingState.PENDING, route.arrival(landing.facts()));
  }

  @Override
  public CompletionStage<Void> bury(RawEvent body, Failure failure) {
    try {
      buryNow(body, failure);
      return CompletableFuture.completedFuture(null);
    } catch (LedgerException closedAlready) {
      return CompletableFuture.failedFuture(closedAlready);
    }
  }

  private synchronized void buryNow(RawEvent body, Failure failure) {
    requireOpen();
    buried.putIfAbsent(body, new DeadLetter(null, failure, 0, List.of(), body));
  }

  @Override
  public synchronized List<Claim> claim(
      int most, Set<String> names, Instant now, Instant leasedUntil) {
    requirePositive(most);
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          "A claim names the routes whose landings it takes, and here is none.");
    }
    requireOpen();
    List<MemoryRoute> asked = new ArrayList<>();
    for (String name : names) {
      MemoryRoute route = routes.get(name);
      if (route != null) {
        route.wake(now);
        asked.add(route);
      }
    }
    List<Claim> claimed = new ArrayList<>();
    while (claimed.size() < most) {
      Optional<MemoryLanding> next = asked.stream()
          .flatMap(route -> route.mostUrgent().stream())
          .min(MemoryLanding.MOST_URGENT);
      if (next.isEmpty()) {
        break;
      }
      claimed.add(claimed(next.get(), leasedUntil));
    }
    return List.copyOf(claimed);
  }

  private Claim claimed(MemoryLanding landing, Instant leasedUntil) {
    String token = Long.toString(++claims);
    change(landing, () -> landing.claim(token, leasedUntil));
    return new Claim(landing.landing(), token);
  }

  @Override
  public synchronized boolean renew(Claim claim, Instant leasedUntil) {
    requireOpen();
    MemoryLanding landing = landings.get(claim.landing().id());
    if (landing == null || !landing.isClaimedWith(claim.token())) {
      return false;
    }
    change(landing, () -> landing.lease(leasedUntil));
    return true;
  }

  @Override
  public synchronized boolean settle(Claim claim, Settlement settlement, Instant now) {
    requireOpen();
    MemoryLanding landing = landings.get(claim.landing().id());
    if (landing == null || !landing.isClaimedWith(claim.token())) {
      return false;
    }
    change(landing, () -> landing.settle(settlement, now));
    return true;
  }

  @Override
  public synchronized Backlog backlog() {
    requireOpen();
    Map<String, Backlog.Waiting> waiting = new HashMap<>();
    routes.forEach(
        (name, route) -> route.backlog().ifPresent(pending -> waiting.put(name, pending)));
    return new Backlog(waiting);
  }

  @Override
  public synchronized List<DeadLetter> deadLetters(int most) {
    requirePositive(most);
    requireOpen();
    return Stream.concat(dead.stream().map(MemoryLanding::deadLetter), buried.values().stream())
        .sorted(
            Comparator.comparing((DeadLetter letter) -> letter.failure().at()).reversed())
        .limit(most)
        .toList();
  }

  @Override
  public synchronized List<LandingReport> find(LandingQuery query, int most) {
    requirePositive(most);
    requireOpen();
    return landings.values().stream()
        .filter(landing -> landing.answers(query))
        .sorted(MemoryLanding.EARLIEST_RECORDED.reversed())
        .limit(most)
        .map(MemoryLanding::report)
        .toList();
  }

  @Override
  public synchronized Optional<LandingReport> find(LandingId id) {
    requireOpen();
    return Optional.ofNullable(landings.get(id)).map(MemoryLanding::report);
  }

  @Override
  public synchronized boolean reopen(
      LandingId id, Set<String> sinks, @Nullable Instant deadline, Instant now) {
    requireOpen();
    MemoryLanding landing = landings.get(id);
    if (landing == null || landing.state() == LandingState.PENDING) {
      return false;
    }
    change(landing, () -> landing.reopen(sinks, deadline, now));
    return true;
  }

  @Override
  public synchronized boolean discard(LandingId id, String remark, RawEvent body, Instant now) {
    requireOpen();
    MemoryLanding landing = landings.get(id);
    if (landing == null || done.contains(landing)) {
      return false;
    }
    change(landing, () -> landing.discard(remark, body, now));
    return true;
  }

  @Override
  public synchronized boolean exhume(RawEvent body) {
    requireOpen();
    return buried.remove(body) != null;
  }

  @Override
  public synchronized int purge(Instant endedBefore, int most) {
    requirePositive(most);
    requireOpen();
    int purged = 0;
    while (purged < most && !done.isEmpty() && done.first().endedBefore(endedBefore)) {
      MemoryLanding landing = done.pollFirst();
      landings.remove(landing.id());
      routeOf(landing).forget(landing.facts());
      purged++;
    }
    return purged;
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private void change(MemoryLanding landing, Runnable change) {
    switch (landing.state()) {
      case PENDING -> routeOf(landing).takeOut(landing);
      case DEAD -> dead.remove(landing);
      case STORED, DISCARDED -> done.remove(landing);
    }
    change.run();
    switch (landing.state()) {
      case PENDING -> routeOf(landing).put(landing);
      case DEAD -> dead.add(landing);
      case STORED, DISCARDED -> done.add(landing);
    }
  }

  private MemoryRoute routeOf(MemoryLanding landing) {
    return routes.computeIfAbsent(landing.id().route(), any -> new MemoryRoute());
  }

  private void requireOpen() {
    if (closed) {
      throw LedgerException.unavailable("The ledger is closed; open a new one.", null);
    }
  }

  private static void requirePositive(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("At least 1 can be asked for, not " + most + ".");
    }
  }
}
