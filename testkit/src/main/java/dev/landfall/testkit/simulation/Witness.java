package dev.landfall.testkit.simulation;

import dev.landfall.event.Reason;
import dev.landfall.spi.Claim;
import dev.landfall.spi.EventFacts;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Recorded;
import dev.landfall.spi.Settlement;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sees every effect on the ledger, keeps what should be in it in the simplest way, and says which
 * law is broken.
 */
final class Witness {

  private static final Comparator<Known> OLDEST_EVENT = Comparator.<Known, Instant>comparing(
          it -> it.facts().time())
      .thenComparing(
          it -> it.facts().controlNumber(), Comparator.nullsFirst(Comparator.naturalOrder()))
      .thenComparing(it -> it.number);

  private final Trace trace;
  private final Weather weather;
  private final Map<LandingId, Known> known = new LinkedHashMap<>();
  private final IdentityHashMap<Landing, Attempt> claims = new IdentityHashMap<>();
  private final Map<LandingId, Set<Reason>> mayDieOf = new HashMap<>();
  private final Set<LandingId> bare = new HashSet<>();
  private final Map<LandingId, Integer> ends = new HashMap<>();
  private final Map<LandingId, Integer> landed = new HashMap<>();

  Witness(Trace trace, Weather weather) {
    this.trace = trace;
    this.weather = weather;
  }

  /** What should be in the ledger about one landing. */
  private static final class Known {
    final Landing landing;
    final int number;
    final Set<String> receipts = new LinkedHashSet<>();
    LandingState state = LandingState.PENDING;

    @Nullable
    String token;

    Instant leasedUntil = Instant.MIN;
    Instant due = Instant.MIN;
    boolean lapsed;

    @Nullable
    Instance holder;

    @Nullable
    Attempt attempt;

    Known(Landing landing, int number) {
      this.landing = landing;
      this.number = number;
    }

    /** What has run out by one clock stays so, even if another clock is slow. */
    void passTime(Instant now) {
      lapsed |= token != null && !leasedUntil.isAfter(now);
      if (!due.isAfter(now)) {
        due = Instant.MIN;
      }
    }

    EventFacts facts() {
      return landing.facts();
    }

    boolean isLeased() {
      return token != null && !lapsed;
    }

    boolean isPending() {
      return state == LandingState.PENDING;
    }

    boolean isBeside(Known other) {
      return this != other
          && isPending()
          && landing.line() != null
          && landing.line().equals(other.landing.line())
          && landing.id().route().equals(other.landing.id().route());
    }
  }

  /** The ledger was one in memory, and its process has ended. */
  void ledgerLost() {
    known.clear();
  }

  void recorded(List<Landing> landings, List<Recorded> answers) {
    for (int i = 0; i < landings.size(); i++) {
      Landing landing = landings.get(i);
      boolean isNew = known.putIfAbsent(landing.id(), new Known(landing, known.size())) == null;
      if (isNew != answers.get(i).isNew()) {
        trace.broken("a ledger tells new landings from known ones, unlike " + landing.id());
      }
    }
  }

  boolean knows(LandingId id) {
    return known.containsKey(id);
  }

  void claimed(List<Claim> some, Set<String> routes, Instant now, Instant until, Instance claimer) {
    known.values().forEach(any -> any.passTime(now));
    for (Claim claim : some) {
      Landing landing = claim.landing();
      Known it = known.get(landing.id());
      if (it == null || !it.isPending() || !routes.contains(landing.id().route())) {
        trace.broken(
            "only what is pending on a route that is asked for is claimed, unlike " + landing.id());
        continue;
      }
      if (it.isLeased() || it.due.isAfter(now)) {
        trace.broken(
            "a landing is claimed when it is due and no lease holds, unlike " + it.landing.id());
      }
      if (beside(it).anyMatch(Known::isLeased)) {
        trace.broken("landings of one line are worked on one at a time, unlike " + landing.id());
      }
      if (beside(it).anyMatch(other -> OLDEST_EVENT.compare(other, it) < 0)) {
        trace.broken("of a line the oldest known is first, unlike " + landing.id());
      }
      if (!landing.receipts().keySet().equals(it.receipts)) {
        trace.broken("a claim brings all receipts, unlike that of " + landing.id());
      }
      if (it.token != null && it.holder != null && it.holder.alive && !weather.costsLeases()) {
        trace.broken("a lease is kept as long as its work goes on, unlike that of " + landing.id());
      }
      beside(it).forEach(other -> other.token = null);
      it.holder = claimer;
      it.token = claim.token();
      it.lapsed = false;
      it.leasedUntil = until;
      it.attempt = new Attempt(landing, it.receipts);
      claims.put(landing, it.attempt);
    }
  }

  private Stream<Known> beside(Known one) {
    return known.values().stream().filter(other -> other.isBeside(one));
  }

  /** {@return what was known when a landing was claimed} */
  Attempt claimOf(Landing landing) {
    return Objects.requireNonNull(claims.get(landing), "Nobody works without a claim.");
  }

  void renewed(Claim claim, Instant until, boolean done) {
    Known it = known.get(claim.landing().id());
    if (done && it != null && holds(it, claim, "renewed")) {
      it.lapsed = false;
      it.leasedUntil = until;
      if (beside(it).anyMatch(Known::isLeased)) {
        trace.broken("two leases of one line never hold at once, unlike " + it.landing.id());
      }
    }
  }

  void settled(Claim claim, Settlement settlement, boolean done) {
    LandingId id = claim.landing().id();
    Known it = known.get(id);
    if (!done || it == null || !holds(it, claim, "settled")) {
      return;
    }
    it.token = null;
    it.receipts.addAll(settlement.receipts().keySet());
    if (settlement instanceof Settlement.Retry retry) {
      it.due = retry.at();
    } else if (settlement instanceof Settlement.Released) {
      it.due = Instant.MIN;
    } else if (settlement instanceof Settlement.Dead dead) {
      it.state = LandingState.DEAD;
      if (!mayDieOf.getOrDefault(id, Set.of()).contains(dead.failure().reason())) {
        trace.broken("a landing dies only of what no further try can mend, unlike %s of %s: %s"
            .formatted(id, dead.failure().reason(), dead.failure().message()));
      }
    } else {
      it.state = LandingState.STORED;
      ends.merge(id, 1, Integer::sum);
    }
  }

  /** {@return whether an attempt has the last claim of its landing, which is still pending} */
  boolean isHeld(Attempt attempt) {
    Known it = known.get(attempt.landing.id());
    return it != null && it.token != null && it.isPending() && attempt.equals(it.attempt);
  }

  private boolean holds(Known it, Claim claim, String verb) {
    boolean held = it.isPending() && claim.token().equals(it.token);
    if (!held) {
      trace.broken("a claim that is lost is not %s, unlike that of %s"
          .formatted(verb, claim.landing().id()));
    }
    return held;
  }

  void reopened(LandingId id, Set<String> sinks) {
    Known it = known.get(id);
    if (it != null) {
      if (it.state != LandingState.DEAD) {
        // Its link went with what is kept of it.
        bare.add(id);
        mayDie(id, Reason.LINK_MISSING);
      }
      it.state = LandingState.PENDING;
      it.due = Instant.MIN;
      it.receipts.removeAll(sinks);
    }
  }

  void discarded(LandingId id) {
    Known it = known.get(id);
    if (it != null) {
      it.state = LandingState.DISCARDED;
      it.token = null;
    }
  }

  /** {@return whether the ledger was told to keep it without its secrets} */
  boolean isBare(LandingId id) {
    return bare.contains(id);
  }

  /** A failure struck that no further try mends. */
  void mayDie(LandingId id, Reason reason) {
    mayDieOf.computeIfAbsent(id, any -> new LinkedHashSet<>()).add(reason);
  }

  /** A sink is asked. */
  void storing(LandingId id, String sink, @Nullable Attempt claimed) {
    if (claimed == null || !claimed.landing.id().equals(id)) {
      trace.broken("a sink is asked for a landing that is claimed, unlike " + id);
    } else if (claimed.receipts.contains(sink)) {
      trace.broken("a sink whose receipt is in the ledger is not asked again, unlike %s for %s"
          .formatted(sink, id));
    }
  }

  /** A listener heard that a landing is stored. */
  void landed(LandingId id) {
    if (landed.merge(id, 1, Integer::sum) > ends.getOrDefault(id, 0)) {
      trace.broken("listeners hear once that a landing is stored, unlike of " + id);
    }
  }

  boolean isAnythingPending() {
    return known.values().stream().anyMatch(Known::isPending);
  }
}
