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
 * @param deadline when the link dies, as far as the event tells, whole milliseconds; null if it
 *     does not
 * @param body the event as it arrived
 * @param attempts how many times it was claimed
 * @param receipts what the sinks that have it answered, by the sink's name
 */
public record Landing(
    LandingId id,
    Instant recordedAt,
    @Nullable Instant deadline,
    RawEvent body,
    int attempts,
    Map<String, Receipt> receipts) {

  /**
   * Keeps its own copy of the receipts.
   *
   * @param id which event on which route
   * @param recordedAt when the ledger first heard of it
   * @param deadline when the link dies, or null
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
   * @param deadline when the link dies, or null if the event does not tell
   * @param body the event as it arrived
   */
  public static Landing first(
      LandingId id, Instant recordedAt, @Nullable Instant deadline, RawEvent body) {
    return new Landing(id, recordedAt, deadline, body, 0, Map.of());
  }

  /** {@return when the link dies, as far as the event tells} */
  public Optional<Instant> linkExpiry() {
    return Optional.ofNullable(deadline);
  }
}
