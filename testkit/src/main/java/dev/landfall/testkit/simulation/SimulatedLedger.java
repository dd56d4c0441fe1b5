package dev.landfall.testkit.simulation;

import dev.landfall.event.RawEvent;
import dev.landfall.spi.Backlog;
import dev.landfall.spi.Claim;
import dev.landfall.spi.DeadLetter;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.LandingQuery;
import dev.landfall.spi.LandingReport;
import dev.landfall.spi.Ledger;
import dev.landfall.spi.LedgerException;
import dev.landfall.spi.Recorded;
import dev.landfall.spi.Settlement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of one instance to the ledger that all share: others may go first before and after each
 * effect, and a call may fail with or without its effect.
 */
final class SimulatedLedger implements Ledger {

  private final World world;
  private final Instance instance;
  private final Ledger store;
  private boolean closed;

  SimulatedLedger(World world, Instance instance, Ledger store) {
    this.world = world;
    this.instance = instance;
    this.store = store;
  }

  private <T> T call(String what, @Nullable Object about, Supplier<T> effect) {
    world.step(what, about);
    if (closed) {
      throw LedgerException.unavailable("The ledger is closed.", null);
    }
    if (world.strikes(Fault.LEDGER_FAILS_BEFORE)) {
      throw LedgerException.unavailable("The ledger is down.", null);
    }
    if (world.strikes(Fault.LEDGER_THROWS)) {
      throw new IllegalStateException("A driver has broken.");
    }
    return effect.get();
  }

  /** The effect is there; whether its caller hears of it is another matter. */
  private void afterwards(String what, @Nullable Object about) {
    world.step(what, about);
    if (world.strikes(Fault.LEDGER_FAILS_AFTER)) {
      throw LedgerException.unavailable("The ledger does not answer any more.", null);
    }
  }

  @Override
  public boolean durable() {
    return world.durable();
  }

  @Override
  public CompletionStage<List<Recorded>> record(List<Landing> landings) {
    return answered(() -> {
      List<LandingId> ids = landings.stream().map(Landing::id).toList();
      List<Recorded> answers = call("records", ids, () -> {
        List<Recorded> done = store.record(landings).toCompletableFuture().join();
        world.witness().recorded(landings, done);
        return done;
      });
      afterwards("has recorded", ids);
      return answers;
    });
  }

  @Override
  public CompletionStage<Void> bury(RawEvent body, Failure failure) {
    CompletionStage<Boolean> answer = answered(() -> {
      boolean done = call("buries", failure.reason(), () -> {
        store.bury(body, failure).toCompletableFuture().join();
        return true;
      });
      afterwards("has buried", failure.reason());
      return done;
    });
    return answer.thenAccept(done -> {});
  }

  /** Sometimes on the thread of the caller, sometimes later on one of the ledger. */
  private <T> CompletionStage<T> answered(Supplier<T> call) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Runnable work = () -> {
      T result;
      try {
        result = call.get();
      } catch (RuntimeException e) {
        answer.completeExceptionally(e);
        return;
      }
      answer.complete(result);
    };
    if (world.chance().of(500)) {
      world.turns().spawn(instance, "ledger", work);
    } else {
      work.run();
    }
    return answer;
  }

  @Override
  public List<Claim> claim(int most, Set<String> routes, Instant now, Instant leasedUntil) {
    List<Claim> claims = call("claims", null, () -> {
      List<Claim> done = store.claim(most, routes, now, leasedUntil);
      world.witness().claimed(done, routes, now, leasedUntil, instance);
      return done;
    });
    if (!claims.isEmpty()) {
      afterwards(
          "has claimed", claims.stream().map(claim -> claim.landing().id()).toList());
    }
    return claims;
  }

  @Override
  public boolean renew(Claim claim, Instant leasedUntil) {
    LandingId id = claim.landing().id();
    boolean kept = call("renews", id, () -> {
      boolean done = store.renew(claim, leasedUntil);
      world.witness().renewed(claim, leasedUntil, done);
      return done;
    });
    afterwards(kept ? "has renewed" : "cannot renew", id);
    return kept;
  }

  @Override
  public boolean settle(Claim claim, Settlement settlement, Instant now) {
    String about = settlement.getClass().getSimpleName() + " " + claim.landing().id();
    Attempt attempt = attemptAt(claim.landing().id());
    boolean written;
    try {
      written = call("settles", about, () -> {
        if (attempt != null && world.witness().isHeld(attempt)) {
          attempt.settles(settlement, instance, world.trace());
        }
        boolean done = store.settle(claim, settlement, now);
        world.witness().settled(claim, settlement, done);
        return done;
      });
    } catch (RuntimeException notWritten) {
      if (attempt != null) {
        instance.unsettled.put(claim.landing().id(), attempt);
      }
      throw notWritten;
    }
    afterwards(written ? "has settled" : "cannot settle", about);
    return written;
  }

  /** What the calling thread works on, if it is that landing. */
  private @Nullable Attempt attemptAt(LandingId id) {
    Attempt attempt = world.turns().current().working;
    return attempt != null && attempt.landing.id().equals(id) ? attempt : null;
  }

  @Override
  public Backlog backlog() {
    return call("counts", null, store::backlog);
  }

  @Override
  public List<DeadLetter> deadLetters(int most) {
    return call("lists dead letters", null, () -> store.deadLetters(most));
  }

  @Override
  public List<LandingReport> find(LandingQuery query, int most) {
    return call("finds", null, () -> store.find(query, most));
  }

  @Override
  public Optional<LandingReport> find(LandingId id) {
    return call("finds", id, () -> store.find(id));
  }

  @Override
  public boolean reopen(LandingId id, Set<String> sinks, @Nullable Instant deadline, Instant now) {
    return call("reopens", id, () -> {
      boolean done = store.reopen(id, sinks, deadline, now);
      if (done) {
        world.witness().reopened(id, sinks);
      }
      return done;
    });
  }

  @Override
  public boolean discard(LandingId id, String remark, RawEvent body, Instant now) {
    return call("discards", id, () -> {
      boolean done = store.discard(id, remark, body, now);
      if (done) {
        world.witness().discarded(id);
      }
      return done;
    });
  }

  @Override
  public boolean exhume(RawEvent body) {
    return call("exhumes", null, () -> store.exhume(body));
  }

  @Override
  public int purge(Instant endedBefore, int most) {
    return call("purges", null, () -> store.purge(endedBefore, most));
  }

  @Override
  public void close() {
    closed = true;
  }
}
