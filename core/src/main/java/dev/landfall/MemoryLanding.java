package dev.landfall;

import dev.landfall.event.RawEvent;
import dev.landfall.file.Receipt;
import dev.landfall.spi.DeadLetter;
import dev.landfall.spi.EventFacts;
import dev.landfall.spi.FailedAttempt;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.LandingQuery;
import dev.landfall.spi.LandingReport;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Settlement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a {@link MemoryLedger} knows of one landing; changed only while it is in no ordered set.
 */
final class MemoryLanding {

  static final Comparator<MemoryLanding> MOST_URGENT = Comparator.<MemoryLanding, Instant>comparing(
          it -> it.deadline, Comparator.nullsLast(Comparator.naturalOrder()))
      .thenComparing(it -> it.openedAt)
      .thenComparing(it -> it.number);
  static final Comparator<MemoryLanding> DUE_FIRST =
      Comparator.<MemoryLanding, Instant>comparing(it -> it.due).thenComparing(it -> it.number);
  static final Comparator<MemoryLanding> EARLIEST_RECORDED =
      Comparator.<MemoryLanding, Instant>comparing(it -> it.recordedAt())
          .thenComparing(it -> it.number);
  static final Comparator<MemoryLanding> OLDEST_EVENT =
      Comparator.<MemoryLanding, Instant>comparing(it -> it.facts().time())
          .thenComparing(
              it -> it.facts().controlNumber(), Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(it -> it.number);
  static final Comparator<MemoryLanding> LONGEST_ENDED =
      Comparator.<MemoryLanding, Instant>comparing(
              it -> it.ended, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(it -> it.number);

  private static final int KEPT_FAILURES = 32;

  private final Landing first;
  private final long number;
  private final Map<String, Receipt> receipts;
  private final Deque<FailedAttempt> history = new ArrayDeque<>();
  private LandingState state = LandingState.PENDING;
  private Instant openedAt;
  private @Nullable Instant deadline;
  private RawEvent body;
  private int attempts;
  private Instant due = Instant.MIN;
  private @Nullable String token;
  private boolean lapsed;
  private @Nullable Failure failure;
  private @Nullable Instant ended;
  private @Nullable String remark;

  /**
   * Makes a pending landing that is due at once.
   *
   * @param first as it is recorded
   * @param number grows with each landing that is recorded
   */
  MemoryLanding(Landing first, long number) {
    this.first = first;
    this.number = number;
    this.receipts = new HashMap<>(first.receipts());
    this.openedAt = first.openedAt();
    this.deadline = first.deadline();
    this.body = first.body();
    this.attempts = first.attempts();
  }

  LandingId id() {
    return first.id();
  }

  Instant recordedAt() {
    return first.recordedAt();
  }

  EventFacts facts() {
    return first.facts();
  }

  @Nullable
  String line() {
    return first.line();
  }

  LandingState state() {
    return state;
  }

  boolean isDueAtOnce() {
    return due.equals(Instant.MIN);
  }

  boolean isDueBy(Instant now) {
    return !due.isAfter(now);
  }

  /** {@return whether somebody has it, even if only because nobody else took it} */
  boolean isClaimed() {
    return token != null;
  }

  boolean isClaimedWith(String other) {
    return other.equals(token);
  }

  boolean isLeased() {
    return token != null && !lapsed;
  }

  boolean endedBefore(Instant time) {
    return ended != null && ended.isBefore(time);
  }

  void claim(String newToken, Instant until) {
    token = newToken;
    attempts++;
    lease(until);
  }

  void lease(Instant until) {
    lapsed = false;
    due = whole(until);
  }

  void loseItsLease() {
    lapsed = true;
  }

  void loseItsClaim() {
    token = null;
  }

  void settle(Settlement settlement, Instant now) {
    token = null;
    receipts.putAll(settlement.receipts());
    if (settlement instanceof Settlement.Retry retry) {
      fail(retry.failure());
      due = whole(retry.at());
    } else if (settlement instanceof Settlement.Released) {
      attempts--;
      due = Instant.MIN;
    } else if (settlement instanceof Settlement.Dead dead) {
      fail(dead.failure());
      end(LandingState.DEAD, now);
    } else if (settlement instanceof Settlement.Stored stored) {
      failure = null;
      body = stored.body();
      end(LandingState.STORED, now);
    }
  }

  void reopen(Set<String> sinks, @Nullable Instant linkDies, Instant now) {
    receipts.keySet().removeAll(sinks);
    deadline = linkDies == null ? null : whole(linkDies);
    openedAt = whole(now);
    attempts = 0;
    due = Instant.MIN;
    ended = null;
    remark = null;
    state = LandingState.PENDING;
  }

  void discard(String why, RawEvent bare, Instant now) {
    token = null;
    remark = why;
    body = bare;
    end(LandingState.DISCARDED, now);
  }

  private void end(LandingState last, Instant now) {
    state = last;
    ended = whole(now);
  }

  private void fail(Failure why) {
    failure = why;
    if (history.size() == KEPT_FAILURES) {
      history.removeFirst();
    }
    history.add(new FailedAttempt(attempts, why));
  }

  private static Instant whole(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS);
  }

  boolean answers(LandingQuery query) {
    return fits(query.route(), first.id().route())
        && fits(query.state(), state)
        && fitsInAnyCase(query.entity(), first.facts().entity())
        && fitsInAnyCase(query.legalEntity(), first.facts().legalEntity())
        && fits(query.reason(), failure == null ? null : failure.reason())
        && (query.recordedFrom() == null || !first.recordedAt().isBefore(query.recordedFrom()))
        && (query.recordedBefore() == null || first.recordedAt().isBefore(query.recordedBefore()));
  }

  private static boolean fits(@Nullable Object wanted, @Nullable Object found) {
    return wanted == null || Objects.equals(wanted, found);
  }

  private static boolean fitsInAnyCase(@Nullable String wanted, @Nullable String found) {
    return wanted == null || wanted.equalsIgnoreCase(found);
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
    boolean timed = state == LandingState.PENDING && !isDueAtOnce();
    return new LandingReport(
        landing(), state, timed ? due : null, ended, failure, List.copyOf(history), remark);
  }

  DeadLetter deadLetter() {
    Failure why = Objects.requireNonNull(failure, "A dead landing has failed.");
    return new DeadLetter(first.id(), why, attempts, List.copyOf(history), body);
  }
}
