/** Takes events from queues and subscriptions of Azure Service Bus. */
@NullMarked
package dev.landfall.transport.servicebus;

import org.jspecify.annotations.NullMarked;
