/**
 * A namespace of Azure Service Bus in one process: it speaks AMQP 1.0 as the service does, so that
 * the vendor's client works with it; {@link dev.landfall.emulator.servicebus.ServiceBusEmulator} is
 * the front door.
 */
@NullMarked
package dev.landfall.emulator.servicebus;

import org.jspecify.annotations.NullMarked;
