package dev.landfall.transport.servicebus;

import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverAsyncClient;
import com.azure.messaging.servicebus.models.ServiceBusMessageState;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import reactor.core.publisher.Mono;

/** Brings messages, from when it is started until it is lost or closed. */
abstract class Inflow implements AutoCloseable {

  private static final int SOME = 100;

  private final ServiceBusReceiverAsyncClient lookout;
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private final CompletableFuture<Throwable> lost = new CompletableFuture<>();
  private volatile long lastChange = System.nanoTime();

  /** The client is used to look at the entity, which takes nothing. */
  Inflow(ServiceBusReceiverAsyncClient lookout) {
    this.lookout = lookout;
  }

  abstract void start();

  /** {@return done once it is known that messages can come} */
  final CompletableFuture<Void> opened() {
    return opened;
  }

  /** {@return completed with the cause once no message will come any more} */
  final CompletableFuture<Throwable> lost() {
    return lost;
  }

  /** Something came or went. */
  final void changed() {
    lastChange = System.nanoTime();
  }

  /** {@return whether nothing is under way} */
  abstract boolean isEmpty();

  /**
   * {@return whether nothing is under way, and nothing has come or gone for some time} What is
   * under way would be cut off for nothing if this one was given up.
   */
  final boolean isQuiet(Duration time) {
    return isEmpty() && System.nanoTime() - lastChange >= time.toNanos();
  }

  /** {@return empty if the broker answers} */
  final Mono<Void> probe() {
    return lookout.peekMessage(0).then();
  }

  /**
   * {@return a message that waits, or that another instance has locked, which looks the same; fails
   * if the broker does not tell}
   */
  final Mono<ServiceBusReceivedMessage> leftWaiting() {
    return lookout
        .peekMessages(SOME, 0)
        .filter(message -> ServiceBusMessageState.ACTIVE.equals(message.getState()))
        .next();
  }

  /**
   * Takes nothing more, and gives back what waits to be given back.
   *
   * @return done when all that is under way is settled
   */
  abstract CompletionStage<Void> stop();

  /** Blocks, for a minute if the broker does not answer. */
  @Override
  public abstract void close();
}
