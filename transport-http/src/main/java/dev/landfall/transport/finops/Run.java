package dev.landfall.transport.finops;

import java.time.Instant;

/**
 * An execution that is looked after.
 *
 * @param execution its id
 * @param at when it was, or is, to begin
 * @param kind what may be done if F&amp;O does not know it
 */
record Run(String execution, Instant at, Kind kind) {

  /** What may be done if F&amp;O does not know an execution. */
  enum Kind {
    /** It was never begun before the restart; nothing. */
    FIND,
    /** It is started. */
    FIND_OR_START,
    /** It is waited for, and then missed. */
    FOLLOW
  }
}
