/** Takes events from queues and subscriptions of Azure Service Bus. */
// Reactor is a module by its manifest alone.
@SuppressWarnings("requires-automatic")
module dev.landfall.transport.servicebus {
  requires transitive com.azure.core;
  requires com.azure.core.amqp;
  requires com.azure.messaging.servicebus;
  requires transitive dev.landfall.core;
  requires transitive static org.jspecify;
  requires org.slf4j;
  requires reactor.core;

  exports dev.landfall.transport.servicebus;
}
