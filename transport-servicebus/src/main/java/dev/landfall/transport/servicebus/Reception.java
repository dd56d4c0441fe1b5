package dev.landfall.transport.servicebus;

import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusFailureReason;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverAsyncClient;
import dev.landfall.spi.Receiver;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.BaseSubscriber;

/**
 * One link to the entity, or to one session of it.
 *
 * <p>It asks for as many messages as may be under way, and for others when some are settled.
 * Nothing here blocks: a message waits for its verdict without a thread, and its lock is renewed
 * meanwhile.
 */
final class Reception extends Inflow {

  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

  private final String source;
  private final ServiceBusReceiverAsyncClient client;
  private final Receiver receiver;
  private final Settings settings;
  private final Settling settling;
  private final int room;
  private final ScheduledFuture<?> renewing;
  private final Set<Flight> flights = ConcurrentHashMap.newKeySet();
  private final Arrivals arrivals = new Arrivals();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private volatile boolean stopped;

  /** Messages of a session come one after another, and are locked together. */
  Reception(
      String source,
      ServiceBusReceiverAsyncClient client,
      Receiver receiver,
      Settings settings,
      Clockwork clockwork) {
    super(client);
    this.source = source;
    this.client = client;
    this.receiver = receiver;
    this.settings = settings;
    this.settling = new Settling(client, clockwork, this::end);
    this.room = settings.hasSessions() ? 1 : settings.concurrency();
    this.renewing = settings.hasSessions()
        ? clockwork.every(settings.renewEvery(), this::renewSession)
        : clockwork.every(settings.renewEvery().dividedBy(4), this::renewMessages);
  }

  @Override
  void start() {
    client.receiveMessages().subscribe(arrivals);
  }

  @Override
  boolean isEmpty() {
    return flights.isEmpty();
  }

  /** What comes, and how much is asked for: less than the client's own buffer of 256 holds. */
  private final class Arrivals extends BaseSubscriber<ServiceBusReceivedMessage> {

    private static final int MOST_ASKED = 200;
    private static final int BATCH = 16;

    private int asked;
    private int busy;

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      ask();
    }

    /** Each request is a frame to the broker, so some are asked for together. */
    private void ask() {
      int more;
      synchronized (this) {
        more = Math.min(MOST_ASKED - asked, room - busy - asked);
        if (more <= 0 || (more < BATCH && asked > 0)) {
          return;
        }
        asked += more;
      }
      request(more);
    }

    private synchronized void count(int arrived, int ended) {
      asked -= arrived;
      busy += arrived - ended;
    }

    void ended() {
      count(0, 1);
      ask();
    }

    @Override
    protected void hookOnNext(ServiceBusReceivedMessage message) {
      count(1, 0);
      changed();
      opened().complete(null);
      Flight flight = new Flight(message, System.nanoTime());
      flights.add(flight);
      offer(flight);
      ask();
    }

    @Override
    protected void hookOnError(Throwable failure) {
      lost().complete(failure);
    }

    @Override
    protected void hookOnComplete() {
      lost().complete(new IllegalStateException("The receiver ended."));
    }
  }

  private void offer(Flight flight) {
    if (stopped) {
      settling.keep(flight);
      return;
    }
    try {
      var unused = receiver
          .receive(Messages.delivery(source, settings.clock().instant(), flight.message()))
          .whenComplete((verdict, failure) -> settling.settle(flight, verdict));
    } catch (Throwable broken) {
      // The client would not survive an Error, and nobody would be told.
      LOG.error("{}: a delivery could not be handed over; it is given back.", source, broken);
      settling.settle(flight, null);
    }
  }

  private void end(Flight flight) {
    if (!flights.remove(flight)) {
      return;
    }
    changed();
    if (!stopped) {
      arrivals.ended();
    } else if (flights.isEmpty()) {
      drained.complete(null);
    }
  }

  private void renewMessages() {
    long now = System.nanoTime();
    for (Flight flight : flights) {
      if (flight.startsRenewal(now, settings.renewEvery().toNanos())) {
        var unused = client.renewMessageLock(flight.message()).subscribe(until -> {}, failure -> {
          if (is(ServiceBusFailureReason.MESSAGE_LOCK_LOST, failure)) {
            flight.loseLock();
          }
        });
      }
    }
  }

  private void renewSession() {
    var unused = client.renewSessionLock().subscribe(until -> {}, failure -> {
      if (is(ServiceBusFailureReason.SESSION_LOCK_LOST, failure)) {
        flights.forEach(Flight::loseLock);
        lost().complete(failure);
      }
    });
  }

  private static boolean is(ServiceBusFailureReason reason, Throwable failure) {
    return failure instanceof ServiceBusException told && reason.equals(told.getReason());
  }

  /** The link is closed last, as a settlement on its way would be cut off with it. */
  @Override
  CompletionStage<Void> stop() {
    stopped = true;
    settling.keepFromNowOn();
    flights.stream().filter(Flight::stopWaiting).forEach(settling::keep);
    if (flights.isEmpty()) {
      drained.complete(null);
    }
    return drained.thenCompose(nothing -> {
      arrivals.cancel();
      return settling.giveBackKept();
    });
  }

  @Override
  public void close() {
    stopped = true;
    arrivals.cancel();
    renewing.cancel(false);
    try {
      client.close();
    } catch (RuntimeException unanswered) {
      LOG.debug("{}: the broker did not answer when a link was closed.", source, unanswered);
    }
  }
}
