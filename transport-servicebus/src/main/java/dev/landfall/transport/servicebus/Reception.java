package dev.landfall.transport.servicebus;

import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusFailureReason;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverAsyncClient;
import com.azure.messaging.servicebus.models.DeadLetterOptions;
import dev.landfall.spi.Disposition;
import dev.landfall.spi.Receiver;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/**
 * One connection to the entity, from its first message until it is lost or closed.
 *
 * <p>It asks for as many messages as may be under way, and for another when one is settled. Nothing
 * here blocks: a message waits for its verdict without a thread, and its lock is renewed meanwhile.
 */
final class Reception implements AutoCloseable {

  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final int LONGEST_DESCRIPTION = 1_000;
  private static final String REFUSED = "LandfallRefused";

  private final String source;
  private final ServiceBusReceiverAsyncClient client;
  private final Receiver receiver;
  private final Settings settings;
  private final ScheduledExecutorService clockwork;
  private final ScheduledFuture<?> renewing;
  private final Set<Flight> flights = ConcurrentHashMap.newKeySet();
  private final Inflow inflow = new Inflow();
  private final CompletableFuture<Throwable> lost = new CompletableFuture<>();
  private volatile long lastArrival;
  private volatile boolean closing;

  Reception(
      String source,
      ServiceBusReceiverAsyncClient client,
      Receiver receiver,
      Settings settings,
      ScheduledExecutorService clockwork) {
    this.source = source;
    this.client = client;
    this.receiver = receiver;
    this.settings = settings;
    this.clockwork = clockwork;
    this.lastArrival = System.nanoTime();
    long tick = Math.max(settings.renewEvery().toMillis() / 4, 1);
    this.renewing =
        clockwork.scheduleAtFixedRate(this::renewDue, tick, tick, TimeUnit.MILLISECONDS);
  }

  void start() {
    client.receiveMessages().subscribe(inflow);
  }

  /** {@return completed with the cause once no message will come any more} */
  CompletableFuture<Throwable> lost() {
    return lost;
  }

  /** {@return whether more messages could come, and none has for some time} */
  boolean isQuiet(Duration time) {
    return flights.size() < settings.concurrency()
        && System.nanoTime() - lastArrival >= time.toNanos();
  }

  /** {@return whether a message is under way here} */
  boolean holds(ServiceBusReceivedMessage message) {
    return flights.stream()
        .anyMatch(flight -> flight.message().getSequenceNumber() == message.getSequenceNumber());
  }

  /** {@return one of the messages that the broker has, without taking it} */
  Mono<ServiceBusReceivedMessage> peek() {
    return client.peekMessage();
  }

  private final class Inflow extends BaseSubscriber<ServiceBusReceivedMessage> {

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      subscription.request(settings.concurrency());
    }

    @Override
    protected void hookOnNext(ServiceBusReceivedMessage message) {
      lastArrival = System.nanoTime();
      Flight flight = new Flight(message, lastArrival);
      flights.add(flight);
      offer(flight);
    }

    @Override
    protected void hookOnError(Throwable failure) {
      lost.complete(failure);
    }

    @Override
    protected void hookOnComplete() {
      lost.complete(new IllegalStateException("The receiver ended."));
    }
  }

  private void offer(Flight flight) {
    if (closing) {
      settle(flight, Disposition.tryLater(Duration.ZERO, "The source is closing."));
      return;
    }
    try {
      var unused = receiver
          .receive(Messages.delivery(source, settings.clock().instant(), flight.message()))
          .whenComplete((verdict, failure) -> settle(flight, verdict));
    } catch (RuntimeException broken) {
      settle(flight, null);
    }
  }

  private void settle(Flight flight, @Nullable Disposition verdict) {
    if (flight.hasLostLock()) {
      end(flight);
    } else if (verdict == null || verdict.verdict() == Disposition.Verdict.TRY_LATER) {
      Duration wait = verdict == null ? SHORTEST_PAUSE : verdict.retryAfter();
      abandonAfter(closing ? Duration.ZERO : longer(wait, flight.message()), flight);
    } else if (verdict.verdict() == Disposition.Verdict.REFUSED) {
      ending(flight, client.deadLetter(flight.message(), refused(verdict.explanation())));
    } else {
      ending(flight, client.complete(flight.message()));
    }
  }

  /** Each time the wait doubles, so that the broker's count of deliveries lasts for an outage. */
  private static Duration longer(Duration wait, ServiceBusReceivedMessage message) {
    int doublings = (int) Math.min(message.getDeliveryCount(), 20);
    Duration least = wait.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : wait;
    Duration longer = least.multipliedBy(1L << doublings);
    return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
  }

  private void abandonAfter(Duration wait, Flight flight) {
    Runnable abandoning = () -> ending(flight, client.abandon(flight.message()));
    if (wait.isZero()) {
      abandoning.run();
      return;
    }
    try {
      var unused = clockwork.schedule(abandoning, wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      abandoning.run();
    }
  }

  private static DeadLetterOptions refused(String explanation) {
    return new DeadLetterOptions()
        .setDeadLetterReason(REFUSED)
        .setDeadLetterErrorDescription(
            explanation.substring(0, Math.min(explanation.length(), LONGEST_DESCRIPTION)));
  }

  /**
   * A settlement that fails leaves the message with the broker, which brings it again; the ledger
   * then knows it.
   */
  private void ending(Flight flight, Mono<Void> settlement) {
    var unused = settlement.subscribe(done -> {}, failure -> end(flight), () -> end(flight));
  }

  private void end(Flight flight) {
    if (flights.remove(flight)) {
      inflow.request(1);
    }
  }

  private void renewDue() {
    long now = System.nanoTime();
    for (Flight flight : flights) {
      if (flight.isDue(now, settings.renewEvery().toNanos())) {
        var unused = client.renewMessageLock(flight.message()).subscribe(until -> {}, failure -> {
          if (failure instanceof ServiceBusException told
              && ServiceBusFailureReason.MESSAGE_LOCK_LOST.equals(told.getReason())) {
            flight.loseLock();
          }
        });
      }
    }
  }

  /** Takes nothing more; what is under way may still be settled until {@link #close}. */
  void stop() {
    closing = true;
    inflow.cancel();
  }

  boolean isEmpty() {
    return flights.isEmpty();
  }

  @Override
  public void close() {
    stop();
    renewing.cancel(false);
    client.close();
  }
}
