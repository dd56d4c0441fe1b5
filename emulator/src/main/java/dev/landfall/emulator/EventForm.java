package dev.landfall.emulator;

/** Which members an event has; F&amp;O's events grew over the years. */
public enum EventForm {
  /** As F&amp;O sends events since 2022: all members of the base contract, ids without braces. */
  CURRENT,

  /**
   * As F&amp;O sent events in the middle of 2019: no {@code BusinessEventId}, no
   * {@code ControlNumber}, no ISO time, the {@code EventId} in braces.
   */
  OF_2019
}
