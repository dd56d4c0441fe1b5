package dev.landfall.spi;

/**
 * What the ledger answers for a landing that it is asked to record.
 *
 * @param id the landing
 * @param isNew whether this call recorded it; false for a duplicate
 * @param state how far it is; {@code PENDING} if new
 * @param arrival how a new one stands to its stream; {@code IN_ORDER} for a duplicate
 */
public record Recorded(LandingId id, boolean isNew, LandingState state, Arrival arrival) {}
