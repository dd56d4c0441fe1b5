package dev.landfall.emulator.servicebus;

import java.util.Collections;
import java.util.Map;
import org.apache.qpid.proton.amqp.Binary;

/** What clients ask a queue about its sessions. */
final class SessionOperations {

  private final BusQueue queue;
  private final Namespace namespace;

  SessionOperations(BusQueue queue, Namespace namespace) {
    this.queue = queue;
    this.namespace = namespace;
  }

  private Sessions.Session session(Arguments arguments) {
    return queue.sessions.get(arguments.requiredText("session-id"));
  }

  Outcome renewLock(Arguments arguments) {
    Sessions.Session session = session(arguments);
    if (session.owner == null) {
      return Outcome.failed(410, "com.microsoft:session-lock-lost", "The session lock was lost.");
    }
    session.lockedUntil = queue.lockEnd(namespace.now());
    queue.heldIn(session.id).forEach(message -> queue.renew(message, session.lockedUntil));
    return Outcome.ok(Map.of("expiration", AmqpTimes.of(session.lockedUntil)));
  }

  Outcome state(Arguments arguments) {
    byte[] state = session(arguments).state;
    // Not Map.of: a session without a state answers null.
    return Outcome.ok(
        Collections.singletonMap("session-state", state == null ? null : new Binary(state)));
  }

  Outcome setState(Arguments arguments) {
    Binary state = arguments.binary("session-state");
    session(arguments).state = state == null ? null : AmqpMessages.copy(state);
    return Outcome.ok(null);
  }
}
