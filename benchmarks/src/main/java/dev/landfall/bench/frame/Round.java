package dev.landfall.bench.frame;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One turn of each subject.
 *
 * @param turns by the subject's name, in their order
 */
public record Round(Map<String, Measured> turns) {

  /**
   * Keeps the turns and their order.
   *
   * @param turns by the subject's name, in their order
   */
  public Round {
    turns = Collections.unmodifiableMap(new LinkedHashMap<>(turns));
  }

  /** {@return what a subject measured} */
  Measured measured(String subject) {
    return Objects.requireNonNull(
        turns.get(subject), () -> "Nobody of that name took a turn: " + subject);
  }
}
