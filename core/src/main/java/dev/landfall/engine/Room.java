package dev.landfall.engine;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes a spool holds, and how many it may. */
final class Room {

  private final long limit;
  private final AtomicLong held = new AtomicLong();

  Room(long limit) {
    this.limit = limit;
  }

  /** Counts what is there already, whether it may or not. */
  void hold(long bytes) {
    held.addAndGet(bytes);
  }

  /** {@return whether there was room for so much more, which is taken then} */
  boolean take(long bytes) {
    if (held.addAndGet(bytes) <= limit) {
      return true;
    }
    give(bytes);
    return false;
  }

  void give(long bytes) {
    held.addAndGet(-bytes);
  }

  long held() {
    return held.get();
  }

  long limit() {
    return limit;
  }
}
