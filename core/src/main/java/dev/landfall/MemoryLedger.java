package dev.landfall;

import dev.landfall.event.RawEvent;
import dev.landfall.file.Receipt;
import dev.landfall.spi.Claim;
import dev.landfall.spi.DeadLetter;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Ledger;
import dev.landfall.spi.LedgerException;
import dev.landfall.spi.Recorded;
import dev.landfall.spi.Settlement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A ledger in memory, forgotten when the process ends.
 *
 * <p>It is not {@linkplain #durable() durable}, so the pipeline acknowledges a delivery only once
 * it is stored, and the sender keeps custody until then. It fits tests, and senders that wait and
 * try again.
 *
 * <p>Each call is done on the calling thread. A stored landing is remembered by its id alone, to
 * tell duplicates; pending and dead ones with all their bytes. Nothing is ever dropped, so memory
 * grows with the number of events: a process that runs for months wants a durable ledger.
 */
public final class MemoryLedger implements Ledger {

  private static final Comparator<Work> MOST_URGENT = Comparator.<Work, Instant>comparing(
          work -> work.deadline, Comparator.nullsLast(Comparator.naturalOrder()))
      .thenComparing(work -> work.recordedAt)
      .thenComparing(work -> work.number);
  private static final Comparator<Work> DUE_FIRST =
      Comparator.<Work, Instant>comparing(work -> work.due).thenComparing(work -> work.number);

  private final Map<LandingId, LandingState> states = new HashMap<>();
  private final Map<LandingId, Work> pending = new HashMap<>();
  private final TreeSet<Work> ready = new TreeSet<>(MOST_URGENT);
  private final TreeSet<Work> waiting = new TreeSet<>(DUE_FIRST);
  private final Set<RawEvent> buried = new HashSet<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();
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
  public CompletionStage<List<Recorded>> record(List<Landing> landings) {
    try {
      return CompletableFuture.completedFuture(recordNow(landings));
    } catch (LedgerException closedAlready) {
      return CompletableFuture.failedFuture(closedAlready);
    }
  }

  private synchronized List<Recorded> recordNow(List<Landing> landings) {
    requireOpen();
    List<Recorded> answers = new ArrayList<>();
    for (Landing landing : landings) {
      LandingState known = states.putIfAbsent(landing.id(), LandingState.PENDING);
      if (known == null) {
        Work work = new Work(landing, recorded++);
        pending.put(landing.id(), work);
        ready.add(work);
      }
      answers.add(
          new Recorded(landing.id(), known == null, known == null ? LandingState.PENDING : known));
    }
    return List.copyOf(answers);
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
    if (buried.add(body)) {
      deadLetters.add(new DeadLetter(null, failure, 0, body));
    }
  }

  @Override
  public synchronized List<Claim> claim(int most, Instant now, Instant leasedUntil) {
    requirePositive(most);
    requireOpen();
    while (!waiting.isEmpty() && !waiting.first().due.isAfter(now)) {
      ready.add(waiting.pollFirst());
    }
    List<Claim> claimed = new ArrayList<>();
    while (claimed.size() < most && !ready.isEmpty()) {
      Work work = ready.pollFirst();
      work.attempts++;
      work.token = Long.toString(++claims);
      work.due = leasedUntil;
      waiting.add(work);
      claimed.add(new Claim(work.landing(), work.token));
    }
    return List.copyOf(claimed);
  }

  @Override
  public synchronized boolean renew(Claim claim, Instant leasedUntil) {
    requireOpen();
    Work work = heldBy(claim);
    if (work == null) {
      return false;
    }
    takeOut(work);
    work.due = leasedUntil;
    waiting.add(work);
    return true;
  }

  @Override
  public synchronized boolean settle(Claim claim, Settlement settlement) {
    requireOpen();
    Work work = heldBy(claim);
    if (work == null) {
      return false;
    }
    takeOut(work);
    work.token = null;
    work.receipts.putAll(settlement.receipts());
    if (settlement instanceof Settlement.Retry retry) {
      work.due = retry.at();
      waiting.add(work);
    } else if (settlement instanceof Settlement.Released) {
      work.attempts--;
      ready.add(work);
    } else if (settlement instanceof Settlement.Dead dead) {
      finish(work, LandingState.DEAD);
      deadLetters.add(new DeadLetter(work.id, dead.failure(), work.attempts, work.body));
    } else {
      finish(work, LandingState.STORED);
    }
    return true;
  }

  @Override
  public synchronized List<DeadLetter> deadLetters(int most) {
    requirePositive(most);
    requireOpen();
    return deadLetters.stream()
        .sorted(
            Comparator.comparing((DeadLetter letter) -> letter.failure().at()).reversed())
        .limit(most)
        .toList();
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private @Nullable Work heldBy(Claim claim) {
    Work work = pending.get(claim.landing().id());
    return work != null && claim.token().equals(work.token) ? work : null;
  }

  private void takeOut(Work work) {
    // A claim whose lease has run out and that nobody else took lies among the ready ones.
    if (!waiting.remove(work)) {
      ready.remove(work);
    }
  }

  private void finish(Work work, LandingState state) {
    pending.remove(work.id);
    states.put(work.id, state);
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

  /** A pending landing; its order in a set changes only while it is in none. */
  private static final class Work {
    final LandingId id;
    final Instant recordedAt;
    final @Nullable Instant deadline;
    final RawEvent body;
    final long number;
    final Map<String, Receipt> receipts;
    int attempts;
    Instant due = Instant.MIN;

    @Nullable
    String token;

    Work(Landing landing, long number) {
      this.id = landing.id();
      this.recordedAt = landing.recordedAt();
      this.deadline = landing.deadline();
      this.body = landing.body();
      this.number = number;
      this.receipts = new HashMap<>(landing.receipts());
      this.attempts = landing.attempts();
    }

    Landing landing() {
      return new Landing(id, recordedAt, deadline, body, attempts, receipts);
    }
  }
}
