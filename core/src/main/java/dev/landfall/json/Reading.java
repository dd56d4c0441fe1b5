package dev.landfall.json;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.MalformedEventException;
import dev.landfall.event.RawEvent;

/** What one part of a delivery turned out to be. */
public sealed interface Reading {

  /** {@return the bytes of this part alone} */
  RawEvent body();

  /**
   * An event.
   *
   * @param event what was read
   * @param body from which {@link EventReader#read(RawEvent)} reads the same event without the
   *     delivery's headers and neighbours: the part as it arrived, or, where headers had to
   *     complete it, the completed payload
   */
  record Read(BusinessEvent event, RawEvent body) implements Reading {}

  /**
   * No event.
   *
   * @param why the rule that is broken, where, and what was expected
   * @param body the part as it arrived
   */
  record Refused(MalformedEventException why, RawEvent body) implements Reading {}
}
