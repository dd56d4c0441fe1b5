package dev.landfall.spi;

import dev.landfall.event.RawEvent;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

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
   * @return for each, in order, whether it is new and how far it is; completed once committed. The
   *     caller must not block the thread that completes it
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
   * <p>A claim need not survive a power cut, which ends its worker too; its landing is due again
   * then.
   *
   * @param most how many, at least 1
   * @param now the time
   * @param leasedUntil until when nobody else may claim them
   * @return those claimed, each with one attempt more; empty if nothing is due
   * @throws IllegalArgumentException if fewer than one is asked for
   */
  List<Claim> claim(int most, Instant now, Instant leasedUntil);

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
   * Writes how an attempt ended and gives the claim back.
   *
   * @param claim as it was handed out
   * @param settlement how it ended
   * @return false if the claim is no longer ours; nothing is written then
   */
  boolean settle(Claim claim, Settlement settlement);

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
   * Frees everything; calls under way are finished first, later ones fail. Never throws, and does
   * nothing the second time.
   */
  @Override
  void close();
}
