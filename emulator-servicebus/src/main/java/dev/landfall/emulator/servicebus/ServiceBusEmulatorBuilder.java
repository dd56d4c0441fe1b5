package dev.landfall.emulator.servicebus;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Entities and settings of an emulated namespace. */
public final class ServiceBusEmulatorBuilder {

  private final List<Consumer<Namespace>> entities = new ArrayList<>();
  private Clock clock = Clock.systemUTC();

  ServiceBusEmulatorBuilder() {}

  /**
   * Adds a queue with the default settings.
   *
   * @param name in Azure up to 260 characters; it differs from others by more than case
   * @return this
   */
  public ServiceBusEmulatorBuilder queue(String name) {
    return queue(name, EntitySettings.DEFAULT);
  }

  /**
   * Adds a queue.
   *
   * @param name in Azure up to 260 characters; it differs from others by more than case
   * @param settings how it behaves
   * @return this
   */
  public ServiceBusEmulatorBuilder queue(String name, EntitySettings settings) {
    entities.add(namespace -> namespace.addQueue(name, settings));
    return this;
  }

  /**
   * Adds a topic with the default settings.
   *
   * @param name in Azure up to 260 characters; it differs from others by more than case
   * @return this
   */
  public ServiceBusEmulatorBuilder topic(String name) {
    return topic(name, EntitySettings.DEFAULT);
  }

  /**
   * Adds a topic.
   *
   * @param name in Azure up to 260 characters; it differs from others by more than case
   * @param settings of which it heeds the search for duplicates
   * @return this
   */
  public ServiceBusEmulatorBuilder topic(String name, EntitySettings settings) {
    entities.add(namespace -> namespace.addTopic(name, settings));
    return this;
  }

  /**
   * Adds a subscription with the default settings, which gets all messages of its topic.
   *
   * @param topic that was added before
   * @param name in Azure up to 50 characters
   * @return this
   */
  public ServiceBusEmulatorBuilder subscription(String topic, String name) {
    return subscription(topic, name, EntitySettings.DEFAULT);
  }

  /**
   * Adds a subscription, which gets all messages of its topic.
   *
   * @param topic that was added before
   * @param name in Azure up to 50 characters
   * @param settings how it behaves
   * @return this
   */
  public ServiceBusEmulatorBuilder subscription(
      String topic, String name, EntitySettings settings) {
    entities.add(namespace -> namespace.addSubscription(topic, name, settings));
    return this;
  }

  /**
   * Sets by what locks, times to live, schedules and windows for duplicates run.
   *
   * <p>A clock that is turned by hand should start at the present: clients compare the times they
   * are told with their own. Tokens and heartbeats go by real time whatever the clock says. A turn
   * is noticed within a few hundredths of a second.
   *
   * @param value the default is the system's clock
   * @return this
   */
  public ServiceBusEmulatorBuilder clock(Clock value) {
    clock = value;
    return this;
  }

  /**
   * {@return a namespace that listens on a free port of this machine}
   *
   * @throws IllegalArgumentException if a subscription has no topic, or two entities one name
   * @throws java.io.UncheckedIOException if no port can be opened
   */
  public ServiceBusEmulator build() {
    var namespace = new Namespace(clock);
    entities.forEach(entity -> entity.accept(namespace));
    return new ServiceBusEmulator(namespace);
  }
}
