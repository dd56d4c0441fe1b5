package dev.landfall.bench.servicebus;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusClientBuilder.ServiceBusProcessorClientBuilder;
import com.azure.messaging.servicebus.ServiceBusProcessorClient;
import com.azure.messaging.servicebus.ServiceBusReceivedMessageContext;
import com.azure.messaging.servicebus.models.ServiceBusReceiveMode;
import dev.landfall.bench.frame.Parent;
import java.io.IOException;

/** The vendor's own processor, whose handler does nothing but complete. */
final class SdkProgram {

  private static final int SPARE = 20;

  private SdkProgram() {}

  /** Who completes a message. */
  enum Way {
    /** The client, when the handler returns. */
    AUTO_COMPLETE,
    /** The handler. */
    EXPLICIT
  }

  /**
   * Receives until the parent has enough.
   *
   * @param arguments where the broker is, the {@link Way}, how many calls of the handler there may
   *     be at once, and how many messages are fetched ahead
   */
  public static void main(String[] arguments) throws IOException {
    int calls = Integer.parseInt(arguments[2]);
    // The client warns that it has too few threads for more calls than its pool of them.
    System.setProperty(
        "reactor.schedulers.defaultBoundedElasticSize", Integer.toString(calls + SPARE));
    boolean explicit = Way.valueOf(arguments[1]) == Way.EXPLICIT;
    ServiceBusProcessorClientBuilder builder = new ServiceBusClientBuilder()
        .connectionString(arguments[0])
        .processor()
        .queueName(BrokerProgram.QUEUE)
        .receiveMode(ServiceBusReceiveMode.PEEK_LOCK)
        .maxConcurrentCalls(calls)
        .prefetchCount(Integer.parseInt(arguments[3]))
        .processMessage(explicit ? ServiceBusReceivedMessageContext::complete : SdkProgram::nothing)
        .processError(error -> System.err.println(error.getException()));
    if (explicit) {
      builder.disableAutoComplete();
    }
    try (ServiceBusProcessorClient processor = builder.buildProcessorClient()) {
      processor.start();
      Parent.awaitEnd();
    }
  }

  private static void nothing(ServiceBusReceivedMessageContext context) {}
}
