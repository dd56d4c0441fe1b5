package dev.landfall.spi;

/** How far a landing is. */
public enum LandingState {
  /** It waits, is being worked on, or waits for its next try. */
  PENDING,
  /** Every sink of its route has it. */
  STORED,
  /** It needs a person. */
  DEAD,
  /** A person decided that it is not to be landed. */
  DISCARDED
}
