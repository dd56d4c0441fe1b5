package dev.landfall.emulator.servicebus;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sessions of a queue: who has them, until when, and what state they keep. */
final class Sessions {

  /** One session; it outlives its messages for its state's sake. */
  static final class Session {

    final String id;
    long lockedUntil;

    @Nullable
    Outlet owner;

    byte @Nullable [] state;

    Session(String id) {
      this.id = id;
    }
  }

  private final Map<String, Session> byId = new HashMap<>();

  Session get(String id) {
    return byId.computeIfAbsent(id, Session::new);
  }

  /** {@return the session of the oldest message whose session nobody has} */
  @Nullable
  Session firstFree(Collection<QueuedMessage> waiting) {
    for (QueuedMessage message : waiting) {
      String id = message.session();
      if (id != null && get(id).owner == null) {
        return get(id);
      }
    }
    return null;
  }

  List<Session> overdue(long now) {
    return byId.values().stream()
        .filter(session -> session.owner != null && session.lockedUntil <= now)
        .toList();
  }

  List<Session> owned() {
    return byId.values().stream().filter(session -> session.owner != null).toList();
  }
}
