package dev.landfall.emulator.servicebus;

import java.util.Map;

/** Lets clients send messages of a later time, and take them back until then. */
final class Schedule {

  private final String entity;
  private final Namespace namespace;

  Schedule(String entity, Namespace namespace) {
    this.entity = entity;
    this.namespace = namespace;
  }

  Outcome add(Arguments arguments) {
    // Boxed, because the codec cannot encode an array of primitives inside a map.
    Long[] numbers = arguments.list("messages").stream()
        .map(each -> namespace.put(entity, AmqpMessages.copy(each.requiredBinary("message"))))
        .toArray(Long[]::new);
    return Outcome.ok(Map.of("sequence-numbers", numbers));
  }

  Outcome cancel(Arguments arguments) {
    for (long number : arguments.numbers("sequence-numbers")) {
      for (BusQueue queue : namespace.targets(entity)) {
        QueuedMessage message = queue.find(number);
        if (message != null && message.state(namespace.now()) == BusMessage.State.SCHEDULED) {
          queue.remove(message);
        }
      }
    }
    return Outcome.ok(null);
  }
}
