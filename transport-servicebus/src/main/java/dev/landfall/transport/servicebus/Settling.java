package dev.landfall.transport.servicebus;

import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverAsyncClient;
import com.azure.messaging.servicebus.models.DeadLetterOptions;
import dev.landfall.spi.Disposition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Tells the broker what became of a message: it is completed, dead-lettered, or given back after a
 * wait.
 *
 * <p>A settlement that fails leaves the message with the broker, which brings it again; the ledger
 * knows it then.
 */
final class Settling {

  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final Duration LONGEST_HOLD = Duration.ofDays(1);
  private static final Duration GIVING_BACK = Duration.ofSeconds(2);
  private static final int MOST_DOUBLINGS = 10;
  private static final int LONGEST_DESCRIPTION = 1_000;
  private static final String REFUSED = "LandfallRefused";

  private final ServiceBusReceiverAsyncClient client;
  private final Clockwork clockwork;
  private final Consumer<Flight> ended;
  private final Queue<Flight> kept = new ConcurrentLinkedQueue<>();
  private volatile boolean ending;

  /** The last is told of each message that is off our hands, whether that worked or not. */
  Settling(ServiceBusReceiverAsyncClient client, Clockwork clockwork, Consumer<Flight> ended) {
    this.client = client;
    this.clockwork = clockwork;
    this.ended = ended;
  }

  /** Settles by what the receiver says; by none, if it failed to say anything. */
  void settle(Flight flight, @Nullable Disposition verdict) {
    if (flight.hasLostLock()) {
      ended.accept(flight);
    } else if (verdict == null) {
      giveBackLater(flight, Duration.ZERO);
    } else {
      switch (verdict.verdict()) {
        case ACCEPTED -> end(flight, client.complete(flight.message()));
        case REFUSED ->
          end(flight, client.deadLetter(flight.message(), refused(verdict.explanation())));
        case TRY_LATER -> giveBackLater(flight, verdict.retryAfter());
      }
    }
  }

  private static DeadLetterOptions refused(String explanation) {
    return new DeadLetterOptions()
        .setDeadLetterReason(REFUSED)
        .setDeadLetterErrorDescription(
            explanation.substring(0, Math.min(explanation.length(), LONGEST_DESCRIPTION)));
  }

  private void giveBackLater(Flight flight, Duration least) {
    Duration wait = wait(least, flight.message());
    ScheduledFuture<?> givingBack =
        clockwork.later(wait, () -> end(flight, client.abandon(flight.message())));
    flight.givenBackBy(givingBack);
    if (givingBack == null || (ending && flight.stopWaiting())) {
      keep(flight);
    }
  }

  /** From now on what is to be given back is kept until {@link #giveBackKept}. */
  void keepFromNowOn() {
    ending = true;
  }

  /** Given back while the link can still take messages, this one would come again. */
  void keep(Flight flight) {
    kept.add(flight);
    ended.accept(flight);
  }

  /** {@return done when all that was kept is with the broker again, or the broker is not there} */
  CompletionStage<Void> giveBackKept() {
    List<Mono<Void>> all = new ArrayList<>();
    for (Flight flight = kept.poll(); flight != null; flight = kept.poll()) {
      all.add(client.abandon(flight.message()).onErrorComplete());
    }
    return Mono.when(all).timeout(GIVING_BACK, Mono.empty()).toFuture();
  }

  /** Each time the wait doubles, so that the broker's count of deliveries lasts for an outage. */
  private static Duration wait(Duration least, ServiceBusReceivedMessage message) {
    long doublings = Math.min(message.getDeliveryCount(), MOST_DOUBLINGS);
    Duration first = least(LONGEST_WAIT, most(SHORTEST_WAIT, least));
    Duration doubled = least(LONGEST_WAIT, first.multipliedBy(1L << doublings));
    return most(doubled, least(LONGEST_HOLD, least));
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration most(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private void end(Flight flight, Mono<Void> settlement) {
    var unused = settlement.subscribe(
        done -> {}, failure -> ended.accept(flight), () -> ended.accept(flight));
  }
}
