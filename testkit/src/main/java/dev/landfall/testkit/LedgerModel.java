package dev.landfall.testkit;

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
import dev.landfall.spi.Recorded;
import dev.landfall.spi.Settlement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The simplest ledger one can think of, to compare others with: two lists that are searched from
 * end to end. For one thread and good arguments.
 */
final class LedgerModel implements Ledger {

  private static final Comparator<KnownLanding> OLDEST_EVENT =
      Comparator.<KnownLanding, Instant>comparing(it -> it.first.facts().time())
          .thenComparing(
              it -> it.first.facts().controlNumber(),
              Comparator.nullsFirst(Comparator.naturalOrder()));

  private final List<KnownLanding> landings = new ArrayList<>();
  private final List<DeadLetter> buried = new ArrayList<>();
  private long tokens;

  @Override
  public boolean durable() {
    return false;
  }

  @Override
  public CompletionStage<List<Recorded>> record(List<Landing> some) {
    return CompletableFuture.completedFuture(some.stream().map(this::recordNow).toList());
  }

  private Recorded recordNow(Landing landing) {
    Optional<KnownLanding> known = known(landing.id());
    Arrival arrival = known.isPresent() ? Arrival.IN_ORDER : arrival(landing);
    if (known.isEmpty()) {
      landings.add(new KnownLanding(landing));
    }
    return new Recorded(
        landing.id(),
        known.isEmpty(),
        known.map(it -> it.state).orElse(LandingState.PENDING),
        arrival);
  }

  private Arrival arrival(Landing landing) {
    long number = landing.facts().number().orElse(Long.MAX_VALUE);
    List<Long> stream = landings.stream()
        .filter(it -> it.first.id().route().equals(landing.id().route()))
        .filter(it -> it.first.facts().sameStream(landing.facts()))
        .flatMap(it -> it.first.facts().number().stream())
        .toList();
    return stream.contains(number)
        ? Arrival.DOUBLED
        : stream.stream().anyMatch(it -> it > number) ? Arrival.LATE : Arrival.IN_ORDER;
  }

  @Override
  public CompletionStage<Void> bury(RawEvent body, Failure failure) {
    if (buried.stream().noneMatch(it -> it.body().equals(body))) {
      buried.add(new DeadLetter(null, failure, 0, List.of(), body));
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public List<Claim> claim(int most, Set<String> routes, Instant now, Instant leasedUntil) {
    List<Claim> claims = new ArrayList<>();
    while (claims.size() < most) {
      Optional<KnownLanding> next = landings.stream()
          .filter(it -> routes.contains(it.first.id().route()))
          .filter(it -> it.pending() && !it.due.isAfter(now) && isFirstOfItsLine(it, now))
          .min(Comparator.<KnownLanding, Instant>comparing(
                  it -> it.deadline, Comparator.nullsLast(Comparator.naturalOrder()))
              .thenComparing(it -> it.openedAt));
      if (next.isEmpty()) {
        break;
      }
      KnownLanding taken = next.get();
      line(taken).forEach(it -> it.token = null);
      taken.token = Long.toString(++tokens);
      taken.due = leasedUntil;
      taken.attempts++;
      claims.add(new Claim(taken.landing(), taken.token));
    }
    return claims;
  }

  private boolean isFirstOfItsLine(KnownLanding known, Instant now) {
    return line(known).noneMatch(it -> it.token != null && it.due.isAfter(now))
        && line(known).min(OLDEST_EVENT).filter(it -> it != known).isEmpty();
  }

  /** All of a landing's line that are pending; empty if it is in none. */
  private Stream<KnownLanding> line(KnownLanding known) {
    return known.first.line() == null
        ? Stream.empty()
        : landings.stream()
            .filter(KnownLanding::pending)
            .filter(it -> it.first.id().route().equals(known.first.id().route()))
            .filter(it -> known.first.line().equals(it.first.line()));
  }

  @Override
  public boolean renew(Claim claim, Instant leasedUntil) {
    Optional<KnownLanding> held = heldBy(claim);
    held.ifPresent(it -> it.due = leasedUntil);
    return held.isPresent();
  }

  @Override
  public boolean settle(Claim claim, Settlement settlement, Instant now) {
    Optional<KnownLanding> held = heldBy(claim);
    held.ifPresent(it -> it.settle(settlement, now));
    return held.isPresent();
  }

  private Optional<KnownLanding> heldBy(Claim claim) {
    return known(claim.landing().id()).filter(it -> claim.token().equals(it.token));
  }

  private Optional<KnownLanding> known(LandingId id) {
    return landings.stream().filter(it -> it.first.id().equals(id)).findFirst();
  }

  @Override
  public Backlog backlog() {
    Map<String, Backlog.Waiting> routes = new HashMap<>();
    landings.stream()
        .filter(KnownLanding::pending)
        .map(it -> it.first)
        .forEach(it -> routes.merge(
            it.id().route(),
            new Backlog.Waiting(1, it.recordedAt()),
            (some, one) -> new Backlog.Waiting(
                some.count() + 1,
                some.oldest().isBefore(one.oldest()) ? some.oldest() : one.oldest())));
    return new Backlog(routes);
  }

  @Override
  public List<DeadLetter> deadLetters(int most) {
    return Stream.concat(
            landings.stream()
                .filter(it -> it.state == LandingState.DEAD)
                .map(it -> new DeadLetter(
                    it.first.id(),
                    Objects.requireNonNull(it.failure),
                    it.attempts,
                    it.latest(),
                    it.body)),
            buried.stream())
        .sorted(Comparator.comparing((DeadLetter it) -> it.failure().at()).reversed())
        .limit(most)
        .toList();
  }

  @Override
  public List<LandingReport> find(LandingQuery query, int most) {
    List<LandingReport> found = new ArrayList<>();
    for (KnownLanding known : landings) {
      if (known.answers(query)) {
        found.add(0, known.report());
      }
    }
    return found.stream()
        .sorted(Comparator.comparing((LandingReport it) -> it.landing().recordedAt())
            .reversed())
        .limit(most)
        .toList();
  }

  @Override
  public Optional<LandingReport> find(LandingId id) {
    return known(id).map(KnownLanding::report);
  }

  @Override
  public boolean reopen(LandingId id, Set<String> sinks, @Nullable Instant deadline, Instant now) {
    Optional<KnownLanding> ended = known(id).filter(it -> !it.pending());
    ended.ifPresent(it -> {
      it.receipts.keySet().removeAll(sinks);
      it.deadline = deadline;
      it.openedAt = now;
      it.attempts = 0;
      it.due = Instant.MIN;
      it.ended = null;
      it.remark = null;
      it.state = LandingState.PENDING;
    });
    return ended.isPresent();
  }

  @Override
  public boolean discard(LandingId id, String remark, RawEvent body, Instant now) {
    Optional<KnownLanding> open = known(id).filter(it -> !it.done());
    open.ifPresent(it -> {
      it.remark = remark;
      it.body = body;
      it.end(LandingState.DISCARDED, now);
    });
    return open.isPresent();
  }

  @Override
  public boolean exhume(RawEvent body) {
    return buried.removeIf(it -> it.body().equals(body));
  }

  @Override
  public int purge(Instant endedBefore, int most) {
    List<KnownLanding> old = landings.stream()
        .filter(it -> it.done() && it.ended != null && it.ended.isBefore(endedBefore))
        .sorted(Comparator.comparing(it -> Objects.requireNonNull(it.ended)))
        .limit(most)
        .toList();
    landings.removeAll(old);
    return old.size();
  }

  @Override
  public void close() {
    landings.clear();
    buried.clear();
  }
}
