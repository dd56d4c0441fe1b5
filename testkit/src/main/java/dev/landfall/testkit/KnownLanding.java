package dev.landfall.testkit;

import dev.landfall.event.RawEvent;
import dev.landfall.file.Receipt;
import dev.landfall.spi.FailedAttempt;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingQuery;
import dev.landfall.spi.LandingReport;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Settlement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@link LedgerModel} knows of one landing. */
final class KnownLanding {
  final Landing first;
  final Map<String, Receipt> receipts = new HashMap<>();
  final List<FailedAttempt> history = new ArrayList<>();
  LandingState state = LandingState.PENDING;
  Instant openedAt;

  @Nullable
  Instant deadline;

  RawEvent body;
  int attempts;
  Instant due = Instant.MIN;

  @Nullable
  Instant ended;

  @Nullable
  Failure failure;

  @Nullable
  String remark;

  @Nullable
  String token;

  KnownLanding(Landing first) {
    this.first = first;
    openedAt = first.openedAt();
    deadline = first.deadline();
    body = first.body();
  }

  boolean pending() {
    return state == LandingState.PENDING;
  }

  boolean done() {
    return state == LandingState.STORED || state == LandingState.DISCARDED;
  }

  void settle(Settlement settlement, Instant now) {
    token = null;
    receipts.putAll(settlement.receipts());
    if (settlement instanceof Settlement.Retry retry) {
      fail(retry.failure());
      due = retry.at();
    } else if (settlement instanceof Settlement.Dead dead) {
      fail(dead.failure());
      end(LandingState.DEAD, now);
    } else if (settlement instanceof Settlement.Released) {
      attempts--;
      due = Instant.MIN;
    } else if (settlement instanceof Settlement.Stored stored) {
      failure = null;
      body = stored.body();
      end(LandingState.STORED, now);
    }
  }

  private void fail(Failure why) {
    failure = why;
    history.add(new FailedAttempt(attempts, why));
  }

  void end(LandingState last, Instant now) {
    token = null;
    state = last;
    ended = now;
  }

  boolean answers(LandingQuery query) {
    return (query.route() == null || query.route().equals(first.id().route()))
        && (query.state() == null || query.state() == state)
        && (query.entity() == null
            || query.entity().equalsIgnoreCase(first.facts().entity()))
        && (query.legalEntity() == null
            || query.legalEntity().equalsIgnoreCase(first.facts().legalEntity()))
        && (query.reason() == null || (failure != null && query.reason() == failure.reason()))
        && (query.recordedFrom() == null || !first.recordedAt().isBefore(query.recordedFrom()))
        && (query.recordedBefore() == null || first.recordedAt().isBefore(query.recordedBefore()));
  }

  List<FailedAttempt> latest() {
    return history.subList(Math.max(0, history.size() - 32), history.size());
  }

  Landing landing() {
    return new Landing(
        first.id(),
        first.recordedAt(),
        openedAt,
        deadline,
        first.facts(),
        first.line(),
        body,
        attempts,
        receipts);
  }

  LandingReport report() {
    return new LandingReport(
        landing(), state, pending() ? due : null, ended, failure, latest(), remark);
  }
}
