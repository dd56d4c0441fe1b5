package dev.landfall.emulator.servicebus;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.qpid.proton.message.Message;
import org.jspecify.annotations.Nullable;

/** All entities of a broker by the keys of {@link Address}. */
final class Namespace {

  /** A topic keeps nothing; what comes in goes to its subscriptions. */
  private record Topic(List<BusQueue> subscriptions, DuplicateHistory duplicates) {}

  private final Clock clock;
  private final Map<String, BusQueue> queues = new LinkedHashMap<>();
  private final Map<String, Topic> topics = new HashMap<>();
  private long lastSequence;

  Namespace(Clock clock) {
    this.clock = clock;
  }

  BusQueue addQueue(String name, EntitySettings settings) {
    requireNew(name);
    BusQueue deadLetters = new BusQueue(
        Address.deadLetters(name),
        new EntitySettings(
            settings.lockDuration(),
            Integer.MAX_VALUE,
            false,
            EntitySettings.DEFAULT.duplicateWindow()),
        null);
    BusQueue queue = new BusQueue(name, settings, deadLetters);
    queues.put(Address.key(name), queue);
    queues.put(Address.key(deadLetters.name), deadLetters);
    return queue;
  }

  private void requireNew(String name) {
    if (knows(Address.key(name))) {
      throw new IllegalArgumentException(
          name + " is there already; names differ by more than case.");
    }
  }

  void addTopic(String name, EntitySettings settings) {
    requireNew(name);
    topics.put(
        Address.key(name),
        new Topic(new ArrayList<>(), new DuplicateHistory(settings.duplicateWindow())));
  }

  void addSubscription(String topic, String name, EntitySettings settings) {
    Topic owner = topics.get(Address.key(topic));
    if (owner == null) {
      throw new IllegalArgumentException("Subscription " + name + " needs a topic, and " + topic
          + " is none; add topic(\"" + topic + "\") before it.");
    }
    owner.subscriptions.add(addQueue(Address.subscription(topic, name), settings));
  }

  long now() {
    return clock.millis();
  }

  Collection<BusQueue> queues() {
    return queues.values();
  }

  /** {@return the queue, subscription or dead-letter queue of that key} */
  @Nullable
  BusQueue queue(String key) {
    return queues.get(key);
  }

  /** {@return whether there is such an entity} */
  boolean knows(String key) {
    return queues.containsKey(key) || topics.containsKey(key);
  }

  /** {@return the key of an entity that has to be there} */
  String require(String name) {
    String key = Address.key(name);
    if (!knows(key)) {
      throw new IllegalArgumentException("There is no " + name + "; the builder adds queue(..),"
          + " topic(..) and subscription(..).");
    }
    return key;
  }

  /** {@return where messages for the entity go} */
  List<BusQueue> targets(String key) {
    Topic topic = topics.get(key);
    if (topic != null) {
      return topic.subscriptions;
    }
    BusQueue queue = queues.get(key);
    return queue == null ? List.of() : List.of(queue);
  }

  /** {@return whether the entity takes only messages of sessions, and this is none} */
  boolean lacksSession(String key, Message message) {
    BusQueue queue = queues.get(key);
    return queue != null && queue.settings.sessions() && message.getGroupId() == null;
  }

  /** {@return the number of the message} A duplicate has one too, though it goes nowhere. */
  long put(String key, byte[] encoded) {
    long sequence = ++lastSequence;
    long now = now();
    Object id = AmqpMessages.decode(encoded).getMessageId();
    Topic topic = topics.get(key);
    if (topic != null && topic.duplicates.repeats(id, now)) {
      return sequence;
    }
    for (BusQueue queue : targets(key)) {
      if (!queue.duplicates.repeats(id, now)) {
        // Each subscription changes a message of its own.
        queue.add(new QueuedMessage(sequence, AmqpMessages.decode(encoded), now), now);
      }
    }
    return sequence;
  }
}
