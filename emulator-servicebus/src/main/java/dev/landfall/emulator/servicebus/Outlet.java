package dev.landfall.emulator.servicebus;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.transport.SenderSettleMode;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Sender;
import org.jspecify.annotations.Nullable;

/** A link over which a client receives from a queue, of one session if the queue has sessions. */
final class Outlet {

  static final Symbol SESSION_FILTER = Symbol.valueOf("com.microsoft:session-filter");
  private static final Symbol LOCKED_UNTIL = Symbol.valueOf("com.microsoft:locked-until-utc");
  /** The epoch in ticks of .NET, which are 100 ns since the year 1. */
  private static final long EPOCH_TICKS = 621_355_968_000_000_000L;

  private static final long TICKS_PER_MILLI = 10_000;

  final BusQueue queue;
  private final Sender link;

  @Nullable
  String session;

  Outlet(BusQueue queue, Sender link) {
    this.queue = queue;
    this.link = link;
  }

  static boolean asksForSession(Sender link) {
    return link.getRemoteSource() instanceof Source source
        && source.getFilter() != null
        && source.getFilter().containsKey(SESSION_FILTER);
  }

  /** {@return the session it asks for by name, or null if any will do} */
  @Nullable
  String wantedSession() {
    Object wanted = ((Source) link.getRemoteSource()).getFilter().get(SESSION_FILTER);
    return wanted == null ? null : wanted.toString();
  }

  void open() {
    link.open();
  }

  /** Tells the client which session it got, and for how long. */
  void open(Sessions.Session taken) {
    session = taken.id;
    Source source = (Source) ((Source) link.getRemoteSource()).copy();
    Map<Symbol, Object> filter = new HashMap<>();
    filter.put(SESSION_FILTER, taken.id);
    source.setFilter(filter);
    link.setSource(source);
    link.setProperties(Map.of(LOCKED_UNTIL, taken.lockedUntil * TICKS_PER_MILLI + EPOCH_TICKS));
    link.open();
  }

  void refuse(String condition, String description) {
    Links.refuse(link, condition, description);
  }

  void detach(String condition, String description) {
    Links.detach(link, condition, description);
  }

  boolean wantsMore() {
    return link.getCredit() > 0 && link.getLocalState() == EndpointState.ACTIVE;
  }

  /** Gives back the credit of a client that wants to hear at once that there is nothing. */
  void answerDrain() {
    if (link.getDrain() && queue.next(session) == null) {
      link.drained();
    }
  }

  void deliver(QueuedMessage message, long now, long lockedUntil) {
    if (link.getRemoteSenderSettleMode() == SenderSettleMode.SETTLED) {
      queue.complete(message);
      send(message, Long.toString(message.sequence).getBytes(StandardCharsets.US_ASCII), now)
          .settle();
    } else {
      UUID token = queue.lock(message, lockedUntil);
      send(message, LockTokens.toTag(token), now);
    }
    link.advance();
  }

  private Delivery send(QueuedMessage message, byte[] tag, long now) {
    byte[] bytes = AmqpMessages.encode(message, now);
    Delivery delivery = link.delivery(tag);
    link.send(bytes, 0, bytes.length);
    return delivery;
  }
}
