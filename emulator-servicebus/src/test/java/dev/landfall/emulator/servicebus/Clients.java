package dev.landfall.emulator.servicebus;

import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusProcessorClient;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessageContext;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import com.azure.messaging.servicebus.ServiceBusSessionReceiverClient;
import com.azure.messaging.servicebus.models.ServiceBusReceiveMode;
import com.azure.messaging.servicebus.models.SubQueue;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assertions;

/** Azure's own clients of one broker, all closed together. */
final class Clients implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ServiceBusClientBuilder builder;
  private final Deque<Runnable> open = new ArrayDeque<>();
  private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();

  Clients(ServiceBusEmulator bus) {
    this(bus.connectionString());
  }

  Clients(String connectionString) {
    builder = new ServiceBusClientBuilder()
        .connectionString(connectionString)
        .retryOptions(new AmqpRetryOptions()
            .setTryTimeout(Duration.ofSeconds(5))
            .setMaxRetries(2)
            .setDelay(Duration.ofMillis(200)));
  }

  private <T> T closedLater(T client, Consumer<T> close) {
    open.push(() -> close.accept(client));
    return client;
  }

  ServiceBusSenderClient sender(String queue) {
    return closedLater(
        builder.sender().queueName(queue).buildClient(), ServiceBusSenderClient::close);
  }

  ServiceBusSenderClient topicSender(String topic) {
    return closedLater(
        builder.sender().topicName(topic).buildClient(), ServiceBusSenderClient::close);
  }

  /** {@return a receiver that renews no locks by itself} */
  ServiceBusReceiverClient receiver(String queue) {
    return renewingReceiver(queue, Duration.ZERO);
  }

  ServiceBusReceiverClient renewingReceiver(String queue, Duration forHowLong) {
    return closedLater(
        builder
            .receiver()
            .queueName(queue)
            .disableAutoComplete()
            .maxAutoLockRenewDuration(forHowLong)
            .buildClient(),
        ServiceBusReceiverClient::close);
  }

  ServiceBusReceiverClient deletingReceiver(String queue) {
    return closedLater(
        builder
            .receiver()
            .queueName(queue)
            .receiveMode(ServiceBusReceiveMode.RECEIVE_AND_DELETE)
            .buildClient(),
        ServiceBusReceiverClient::close);
  }

  ServiceBusReceiverClient deadLetters(String queue) {
    return closedLater(
        builder
            .receiver()
            .queueName(queue)
            .subQueue(SubQueue.DEAD_LETTER_QUEUE)
            .disableAutoComplete()
            .maxAutoLockRenewDuration(Duration.ZERO)
            .buildClient(),
        ServiceBusReceiverClient::close);
  }

  ServiceBusReceiverClient subscriber(String topic, String subscription) {
    return closedLater(
        builder
            .receiver()
            .topicName(topic)
            .subscriptionName(subscription)
            .disableAutoComplete()
            .maxAutoLockRenewDuration(Duration.ZERO)
            .buildClient(),
        ServiceBusReceiverClient::close);
  }

  ServiceBusSessionReceiverClient sessions(String queue) {
    return closedLater(
        builder
            .sessionReceiver()
            .queueName(queue)
            .disableAutoComplete()
            .maxAutoLockRenewDuration(Duration.ZERO)
            .buildClient(),
        ServiceBusSessionReceiverClient::close);
  }

  /** {@return a receiver of a session that closes with the others} */
  ServiceBusReceiverClient session(ServiceBusReceiverClient accepted) {
    return closedLater(accepted, ServiceBusReceiverClient::close);
  }

  /**
   * Starts a processor that settles and renews nothing by itself. A client that renews may go on
   * doing so for a message whose completion a broken connection swallowed, and keeps it for
   * minutes.
   */
  void process(String queue, int threads, Consumer<ServiceBusReceivedMessageContext> handler) {
    ServiceBusProcessorClient processor = builder
        .processor()
        .queueName(queue)
        .maxConcurrentCalls(threads)
        .disableAutoComplete()
        .maxAutoLockRenewDuration(Duration.ZERO)
        .processMessage(handler)
        .processError(error -> errors.add(error.getException()))
        .buildProcessorClient();
    closedLater(processor, ServiceBusProcessorClient::close).start();
  }

  /** {@return what processors reported} */
  Queue<Throwable> errors() {
    return errors;
  }

  static ServiceBusReceivedMessage next(ServiceBusReceiverClient receiver) {
    for (ServiceBusReceivedMessage message : receiver.receiveMessages(1, PATIENCE)) {
      return message;
    }
    return Assertions.fail("no message came");
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      open.pop().run();
    }
  }
}
