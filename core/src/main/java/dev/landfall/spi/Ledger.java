package dev.landfall.spi;

import dev.landfall.event.RawEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The memory of landings: intake, duplicates, leases, attempts, outcomes.
 *
 * <p>The engine calls {@link #record} and {@link #bury} from the threads of sources, many at once,
 * and the others from its own threads; any call may come at the same time as any other, also from
 * other processes if they share the ledger. Time comes in as an argument, so that a ledger needs no
 * clock.
 *
 * <p>Each call is all or nothing. What it promises on its return, or on completion of its stage, is
 * committed; with a {@linkplain #durable() durable} ledger it survives a kill and a power cut. A
 * call that failed may be repeated. Instants are kept to the millisecond.
 *
 * <p>A ledger that cannot work throws a {@link LedgerException}, or completes its stage with one;
 * the sender is told to try later and nothing is lost.
 */
public interface Ledger extends AutoCloseable {

  /**
   * {@return whether what it confirms survives the end of the process; if not, a delivery is only
   * acknowledged once it is stored}
   */
  boolean durable();

  /**
   * Records landings that it does not know, with all that they bring along, and leaves alone those
   * it knows.
   *
   * @param landings those of one delivery
   * @return for each, in order, whether it is new, how far it is and how it stands to its stream;
   *     completed once committed. The caller must not block the thread that completes it
   */
  CompletionStage<List<Recorded>> record(List<Landing> landings);

  /**
   * Keeps a delivery that is no event, or such a part of one, once for equal bytes.
   *
   * @param body what arrived
   * @param failure why it cannot be read
   * @return completed once committed
   */
  CompletionStage<Void> bury(RawEvent body, Failure failure);

  /**
   * Claims landings that are due: new ones, those whose next try has come, and those whose lease
   * has run out. The earliest deadline comes first, then what has none, each by age.
   *
   * <p>Of the landings of one {@linkplain Landing#line line} of a route only one is handed out at a
   * time: of those pending the one whose event is the oldest, or of equal times has the lowest
   * control number (none is lower than any), or was recorded first. It keeps the others waiting
   * until it has ended; one that is older than it goes first unless it is claimed.
   *
   * <p>A claim need not survive a power cut, which ends its worker too; its landing is due again
   * then.
   *
   * @param most how many, at least 1
   * @param routes those of other routes are left alone; not empty
   * @param now the time
   * @param leasedUntil until when nobody else may claim them
   * @return those claimed, each with one attempt more; empty if nothing is due
   * @throws IllegalArgumentException if fewer than one is asked for, or no route is named
   */
  List<Claim> claim(int most, Set<String> routes, Instant now, Instant leasedUntil);

  /**
   * Keeps a claim longer.
   *
   * @param claim as it was handed out
   * @param leasedUntil the new end
   * @return false if the claim is no longer ours, because its lease had run out and another has it,
   *     or because it is settled
   */
  boolean renew(Claim claim, Instant leasedUntil);

  /**
   * Writes how an attempt ended and gives the claim back. Failures are kept as the landing's
   * history, the latest 32 of them.
   *
   * @param claim as it was handed out
   * @param settlement how it ended
   * @param now the time
   * @return false if the claim is no longer ours; nothing is written then
   */
  boolean settle(Claim claim, Settlement settlement, Instant now);

  /** {@return what is pending; as of some moment during the call} */
  Backlog backlog();

  /**
   * Lists what needs a person, the latest failure first.
   *
   * @param most how many, at least 1
   * @return dead landings and unreadable deliveries; nobody tried the latter, so they have no
   *     attempts
   * @throws IllegalArgumentException if fewer than one is asked for
   */
  List<DeadLetter> deadLetters(int most);

  /**
   * Finds landings, the latest recorded first.
   *
   * @param query which
   * @param most how many, at least 1
   * @return reports; those of equal age, the last recorded first
   * @throws IllegalArgumentException if fewer than one is asked for
   */
  List<LandingReport> find(LandingQuery query, int most);

  /**
   * {@return all that is known of one landing; empty if it is not known}
   *
   * @param id which
   */
  Optional<LandingReport> find(LandingId id);

  /**
   * Makes a landing that has ended pending again: due at once, in its line if it has one, without
   * attempts. Its history stays.
   *
   * @param id which
   * @param sinks whose receipts are forgotten, so that they get the file again
   * @param deadline when its link dies now, or null if nobody knows
   * @param now the time, from which its age counts
   * @return false if it is not known or is pending
   */
  boolean reopen(LandingId id, Set<String> sinks, @Nullable Instant deadline, Instant now);

  /**
   * Ends a pending or dead landing for good, and lets the next of its line go. Whoever works on it
   * cannot settle it any more.
   *
   * @param id which
   * @param remark why, free of secrets
   * @param body the event without what its links keep secret; it replaces what the ledger has
   * @param now the time
   * @return false if it is not known, stored or discarded already
   */
  boolean discard(LandingId id, String remark, RawEvent body, Instant now);

  /**
   * Forgets a delivery that is no event.
   *
   * @param body its bytes
   * @return false if it is not known
   */
  boolean exhume(RawEvent body);

  /**
   * Forgets landings that were stored or discarded before a time, with all that is known of them;
   * if one of their events is delivered again it is new. Those longest ended come first.
   *
   * @param endedBefore the time
   * @param most how many, at least 1
   * @return how many were forgotten
   * @throws IllegalArgumentException if fewer than one may be forgotten
   */
  int purge(Instant endedBefore, int most);

  /**
   * Frees everything; calls under way are finished first, later ones fail. Never throws, and does
   * nothing the second time.
   */
  @Override
  void close();
}
