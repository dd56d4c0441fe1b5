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
import dev.landfall.spi.Recorded;
import dev.landfall.spi.Settlement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Another ledger, until a test changes something. */
class PassingLedger implements Ledger {

  final Ledger ledger;

  PassingLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public boolean durable() {
    return ledger.durable();
  }

  @Override
  public CompletionStage<List<Recorded>> record(List<Landing> landings) {
    return ledger.record(landings);
  }

  @Override
  public CompletionStage<Void> bury(RawEvent body, Failure failure) {
    return ledger.bury(body, failure);
  }

  @Override
  public List<Claim> claim(int most, Set<String> routes, Instant now, Instant leasedUntil) {
    return ledger.claim(most, routes, now, leasedUntil);
  }

  @Override
  public boolean renew(Claim claim, Instant leasedUntil) {
    return ledger.renew(claim, leasedUntil);
  }

  @Override
  public boolean settle(Claim claim, Settlement settlement, Instant now) {
    return ledger.settle(claim, settlement, now);
  }

  @Override
  public Backlog backlog() {
    return ledger.backlog();
  }

  @Override
  public List<DeadLetter> deadLetters(int most) {
    return ledger.deadLetters(most);
  }

  @Override
  public List<LandingReport> find(LandingQuery query, int most) {
    return ledger.find(query, most);
  }

  @Override
  public Optional<LandingReport> find(LandingId id) {
    return ledger.find(id);
  }

  @Override
  public boolean reopen(LandingId id, Set<String> sinks, @Nullable Instant deadline, Instant now) {
    return ledger.reopen(id, sinks, deadline, now);
  }

  @Override
  public boolean discard(LandingId id, String remark, RawEvent body, Instant now) {
    return ledger.discard(id, remark, body, now);
  }

  @Override
  public boolean exhume(RawEvent body) {
    return ledger.exhume(body);
  }

  @Override
  public int purge(Instant endedBefore, int most) {
    return ledger.purge(endedBefore, most);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
