package dev.landfall.emulator.servicebus;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hands the messages of one queue to its receivers in turn, as far as their credit goes. */
final class Dispatcher {

  private final BusQueue queue;
  private final String key;
  private final FaultPlan faults;
  /** The one whose turn it is comes first. */
  private final Set<Outlet> outlets = new LinkedHashSet<>();

  private final Set<Outlet> sessionSeekers = new LinkedHashSet<>();

  Dispatcher(BusQueue queue, FaultPlan faults) {
    this.queue = queue;
    this.key = Address.key(queue.name);
    this.faults = faults;
  }

  BusQueue queue() {
    return queue;
  }

  void join(Outlet outlet) {
    if (queue.settings.sessions()) {
      // Its attach is answered when there is a session for it.
      sessionSeekers.add(outlet);
    } else {
      outlet.open();
      outlets.add(outlet);
    }
  }

  /** Forgets a receiver. Locks of messages outlive their link, but sessions do not. */
  void leave(Outlet outlet) {
    outlets.remove(outlet);
    sessionSeekers.remove(outlet);
    for (Sessions.Session session : queue.sessions.owned()) {
      if (session.owner == outlet) {
        session.owner = null;
        queue.releaseSession(session.id);
      }
    }
  }

  void loseLocks() {
    queue.sessions.owned().forEach(this::loseSession);
    queue.loseLocks();
  }

  private void loseSession(Sessions.Session session) {
    Outlet owner = session.owner;
    session.owner = null;
    queue.abandonSession(session.id);
    if (owner != null) {
      outlets.remove(owner);
      owner.detach("com.microsoft:session-lock-lost", "The session lock has expired.");
    }
  }

  void passTime(long now) {
    queue.sessions.overdue(now).forEach(this::loseSession);
    queue.passTime(now);
  }

  void pump(long now) {
    if (faults.isStalled(key)) {
      return;
    }
    List.copyOf(sessionSeekers).forEach(seeker -> seekSession(seeker, now));
    boolean moved = true;
    while (moved) {
      moved = false;
      for (Outlet outlet : List.copyOf(outlets)) {
        moved |= deliver(outlet, now);
      }
    }
    outlets.forEach(Outlet::answerDrain);
  }

  private boolean deliver(Outlet outlet, long now) {
    if (!outlet.wantsMore() || queue.next(outlet.session) == null) {
      return false;
    }
    faults.reach(FaultPlan.Moment.DELIVERY, key);
    QueuedMessage message = queue.next(outlet.session);
    if (message == null || faults.isStalled(key) || !outlets.remove(outlet)) {
      return false;
    }
    outlets.add(outlet);
    outlet.deliver(message, now, lockEnd(outlet.session, now));
    return true;
  }

  private long lockEnd(@Nullable String session, long now) {
    return session == null ? queue.lockEnd(now) : queue.sessions.get(session).lockedUntil;
  }

  private void seekSession(Outlet seeker, long now) {
    String wanted = seeker.wantedSession();
    Sessions.Session session =
        wanted == null ? queue.sessions.firstFree(queue.ready()) : queue.sessions.get(wanted);
    if (session == null) {
      return;
    }
    sessionSeekers.remove(seeker);
    if (session.owner != null) {
      seeker.refuse(
          "com.microsoft:session-cannot-be-locked",
          "The requested session '" + wanted + "' cannot be accepted.");
      return;
    }
    session.owner = seeker;
    session.lockedUntil = queue.lockEnd(now);
    outlets.add(seeker);
    seeker.open(session);
  }
}
