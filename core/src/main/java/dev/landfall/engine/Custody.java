package dev.landfall.engine;

import dev.landfall.spi.Disposition;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Ledger;
import dev.landfall.spi.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows when a delivery may be acknowledged.
 *
 * <p>A durable ledger has custody once the record is committed. Any other has it only when every
 * landing of the delivery has ended, so its senders wait here; and so does a sender who keeps the
 * file until it is stored. A wait is opened before the landings are recorded, so that none can end
 * unseen in between.
 */
final class Custody {

  private final boolean durable;
  private final Map<LandingId, CompletableFuture<Disposition>> ends = new ConcurrentHashMap<>();

  Custody(boolean durable) {
    this.durable = durable;
  }

  /** The wait of one delivery for its landings, in their order. */
  record Wait(List<CompletableFuture<Disposition>> ends) {}

  Wait open(List<Landing> landings, boolean untilStored) {
    List<CompletableFuture<Disposition>> futures = new ArrayList<>();
    if (!durable || untilStored) {
      landings.forEach(landing ->
          futures.add(ends.computeIfAbsent(landing.id(), id -> new CompletableFuture<>())));
    }
    return new Wait(futures);
  }

  /** What to tell the sender, once it is known; {@code answers} in the order of the landings. */
  CompletionStage<Disposition> answer(Wait wait, List<Recorded> answers) {
    CompletableFuture<Disposition> all = CompletableFuture.completedFuture(Disposition.accepted());
    for (int i = 0; i < wait.ends().size(); i++) {
      told(answers.get(i).id(), answers.get(i).state());
      all = all.thenCombine(wait.ends().get(i), Custody::worse);
    }
    return all;
  }

  private static Disposition worse(Disposition one, Disposition other) {
    return one.verdict() == Disposition.Verdict.ACCEPTED ? other : one;
  }

  /** Ends the waits for what other instances that share the ledger have landed. */
  void askFor(Ledger ledger) {
    if (durable) {
      ends.keySet().forEach(id -> ledger.find(id).ifPresent(report -> told(id, report.state())));
    }
  }

  private void told(LandingId id, LandingState state) {
    switch (state) {
      case STORED, DISCARDED -> landed(id);
      case DEAD -> died(id, "it is a dead letter already");
      case PENDING -> {}
    }
  }

  void landed(LandingId id) {
    end(id, Disposition.accepted());
  }

  void died(LandingId id, Failure failure) {
    died(id, failure.reason() + ", " + failure.message());
  }

  private void died(LandingId id, String why) {
    end(id, Disposition.refused("The event cannot be landed: " + why));
  }

  private void end(LandingId id, Disposition disposition) {
    CompletableFuture<Disposition> end = ends.remove(id);
    if (end != null) {
      end.complete(disposition);
    }
  }
}
