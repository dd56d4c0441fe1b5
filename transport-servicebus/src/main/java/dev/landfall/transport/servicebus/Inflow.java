package dev.landfall.transport.servicebus;

import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import reactor.core.publisher.Mono;

/** Brings messages, from when it is started until it is lost or closed. */
interface Inflow extends AutoCloseable {

  void start();

  /** {@return done once it is known that messages can come} */
  CompletableFuture<Void> opened();

  /** {@return completed with the cause once no message will come any more} */
  CompletableFuture<Throwable> lost();

  /** {@return empty if the broker answers} */
  Mono<Void> probe();

  /** {@return whether more messages could come, and none has for some time} */
  boolean isQuiet(Duration time);

  /** {@return a message that waits and does not come; fails if the broker does not tell} */
  Mono<ServiceBusReceivedMessage> leftWaiting();

  /**
   * Takes nothing more, and gives back what waits to be given back.
   *
   * @return done when all that is under way is settled
   */
  CompletionStage<Void> stop();

  @Override
  void close();
}
