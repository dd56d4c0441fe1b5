package dev.landfall.bench.servicebus;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusProcessorClient;
import com.azure.messaging.servicebus.ServiceBusReceivedMessageContext;
import com.azure.messaging.servicebus.models.ServiceBusReceiveMode;
import dev.landfall.bench.frame.Parent;
import java.io.IOException;

/** The vendor's own processor, whose handler does nothing but complete. */
final class SdkProgram {

  private static final int SPARE_THREADS = 20;

  private SdkProgram() {}

  /**
   * Receives until the parent has enough.
   *
   * @param arguments where the broker is, how many calls of the handler there may be at once, and
   *     how many messages are fetched ahead
   */
  public static void main(String[] arguments) throws IOException {
    int calls = Integer.parseInt(arguments[1]);
    // Each call takes a thread of this pool, which has ten for each core otherwise.
    System.setProperty(
        "reactor.schedulers.defaultBoundedElasticSize", Integer.toString(calls + SPARE_THREADS));
    try (ServiceBusProcessorClient processor = new ServiceBusClientBuilder()
        .connectionString(arguments[0])
        .processor()
        .queueName(BrokerProgram.QUEUE)
        .receiveMode(ServiceBusReceiveMode.PEEK_LOCK)
        .disableAutoComplete()
        .maxConcurrentCalls(calls)
        .prefetchCount(Integer.parseInt(arguments[2]))
        .processMessage(ServiceBusReceivedMessageContext::complete)
        .processError(error -> System.err.println(error.getException()))
        .buildProcessorClient()) {
      processor.start();
      Parent.awaitEnd();
    }
  }
}
