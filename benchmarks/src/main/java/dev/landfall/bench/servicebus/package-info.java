/** From a message waiting in a queue of Service Bus to its settlement: how many in a second. */
@NullMarked
package dev.landfall.bench.servicebus;

import org.jspecify.annotations.NullMarked;
