package dev.landfall;

import dev.landfall.spi.LandingId;

/**
 * What came of a replay of one landing, or would come of it.
 *
 * @param id the landing
 * @param outcome by name
 * @param explanation in a sentence; free of secrets
 */
public record Replayed(LandingId id, Outcome outcome, String explanation) {

  /** What came of it. */
  public enum Outcome {
    /** It is pending again and is landed as soon as a worker is free. */
    REPLAYED,
    /** Its link is dead, and there is no other; it was left as it is. */
    LINK_EXPIRED,
    /** Every sink that should get it has it. */
    NOTHING_TO_DO,
    /** It has not ended yet. */
    PENDING,
    /** The route is not there to land it. */
    ROUTE_GONE,
    /** The route has no sink of that name. */
    SINK_GONE,
    /** The ledger does not know it. */
    NOT_FOUND
  }
}
