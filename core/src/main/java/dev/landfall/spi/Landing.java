package dev.landfall.spi;

import dev.landfall.event.RawEvent;
import dev.landfall.file.Receipt;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One event's way along one route, as the ledger remembers it: the unit of work, of retry and of
 * replay.
 *
 * @param id which event on which route
 * @param recordedAt when the ledger first heard of it, whole milliseconds
 * @param openedAt since when it is tried: when it was recorded, or last replayed; whole
 *     milliseconds
 * @param deadline when the link dies, as far as is known, whole milliseconds; null if it is not
 * @param facts what is known of its event
 * @param line the queue in which the landings of its route go one at a time, the oldest event
 *     first; null for none
 * @param body the event as it arrived; without what its links keep secret once it is stored
 * @param attempts how many times it was claimed since it was opened
 * @param receipts what the sinks that have it answered, by the sink's name
 */
public record Landing(
    LandingId id,
    Instant recordedAt,
    Instant openedAt,
    @Nullable Instant deadline,
    EventFacts facts,
    @Nullable String line,
    RawEvent body,
    int attempts,
    Map<String, Receipt> receipts) {

  /**
   * Keeps its own copy of the receipts.
   *
   * @param id which event on which route
   * @param recordedAt when the ledger first heard of it
   * @param openedAt since when it is tried
   * @param deadline when the link dies, or null
   * @param facts what is known of its event
   * @param line its queue, or null
   * @param body the event as it arrived
   * @param attempts how many times it was claimed
   * @param receipts copied
   */
  public Landing {
    receipts = Map.copyOf(receipts);
  }

  /**
   * {@return a landing that nobody has tried yet}
   *
   * @param id which event on which route
   * @param recordedAt the time now
   * @param facts what is known of its event
   * @param body the event as it arrived
   */
  public static Landing first(LandingId id, Instant recordedAt, EventFacts facts, RawEvent body) {
    return new Landing(id, recordedAt, recordedAt, null, facts, null, body, 0, Map.of());
  }

  /**
   * {@return this landing with the time by which it has to be fetched}
   *
   * @param linkDies whole milliseconds, or null if nobody knows
   */
  public Landing before(@Nullable Instant linkDies) {
    return new Landing(id, recordedAt, openedAt, linkDies, facts, line, body, attempts, receipts);
  }

  /**
   * {@return this landing in a queue of its route}
   *
   * @param name any text; null for no queue
   */
  public Landing inLine(@Nullable String name) {
    return new Landing(id, recordedAt, openedAt, deadline, facts, name, body, attempts, receipts);
  }

  /**
   * {@return this landing after other work}
   *
   * @param count how many times it was claimed
   * @param got the receipts of all sinks that have it
   */
  public Landing after(int count, Map<String, Receipt> got) {
    return new Landing(id, recordedAt, openedAt, deadline, facts, line, body, count, got);
  }

  /** {@return when the link dies, as far as is known} */
  public Optional<Instant> linkExpiry() {
    return Optional.ofNullable(deadline);
  }
}
