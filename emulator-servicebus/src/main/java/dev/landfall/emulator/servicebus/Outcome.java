package dev.landfall.emulator.servicebus;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request for management.
 *
 * @param status as in HTTP
 * @param description for people
 * @param condition for programs, null if all went well
 * @param body of the answer
 */
record Outcome(
    int status,
    String description,
    @Nullable String condition,
    @Nullable Map<?, ?> body) {

  static Outcome ok(@Nullable Map<?, ?> body) {
    return new Outcome(200, "OK", null, body);
  }

  static Outcome nothing() {
    return new Outcome(204, "There are no messages.", null, null);
  }

  static Outcome failed(int status, String condition, String description) {
    return new Outcome(status, description, condition, null);
  }

  static Outcome lockLost() {
    return failed(410, Settlements.LOCK_LOST, Settlements.LOCK_LOST_TEXT);
  }
}
