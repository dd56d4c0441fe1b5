package dev.landfall.emulator.servicebus;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The message ids that came in lately. */
final class DuplicateHistory {

  private final long window;
  /** In the order in which they came. */
  private final Map<String, Long> seen = new LinkedHashMap<>();

  DuplicateHistory(Duration window) {
    this.window = window.toMillis();
  }

  /** {@return whether a message with this id came within the window} It is noted if not. */
  boolean repeats(@Nullable Object id, long now) {
    if (window == 0 || id == null) {
      return false;
    }
    Iterator<Long> times = seen.values().iterator();
    while (times.hasNext() && times.next() <= now - window) {
      times.remove();
    }
    return seen.putIfAbsent(id.toString(), now) != null;
  }
}
