package dev.landfall.spi;

/**
 * How a new landing stands to those of the same stream on its route that the ledger knows, by the
 * control numbers of their events. It is landed either way.
 *
 * <p>F&amp;O's control numbers grow, with gaps, and are named by its documentation as the way to
 * tell doubled and late events; an event without one is {@code IN_ORDER}.
 */
public enum Arrival {
  /** Its number is the highest known so far. */
  IN_ORDER,
  /** One with a higher number came before it. */
  LATE,
  /** Another event with the same number is known. */
  DOUBLED
}
