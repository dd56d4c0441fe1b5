package dev.landfall.emulator.servicebus;

import java.util.Collection;
import java.util.List;

/**
 * A namespace of Azure Service Bus in this process, for tests: queues, topics, subscriptions,
 * sessions, dead letters and faults, for Azure's own client and others that speak AMQP 1.0.
 *
 * <pre>{@code
 * try (ServiceBusEmulator bus = ServiceBusEmulator.builder().queue("d365-events").build()) {
 *   var receiver = new ServiceBusClientBuilder()
 *       .connectionString(bus.connectionString())
 *       .receiver()
 *       .queueName("d365-events")
 *       .buildClient();
 *   bus.send("d365-events", BusMessage.of("{\"BusinessEventId\":\"..\"}"));
 *   ...
 * }
 * }</pre>
 *
 * <p>Azure's client has to be 7.17.8 or newer, which knows namespaces without TLS. Left out are
 * rules of subscriptions, transactions, forwarding, AMQP over web sockets and administration over
 * HTTP. Nothing is kept when it is closed, and it may be used by many threads.
 */
public final class ServiceBusEmulator implements AutoCloseable {

  private static final String KEY_NAME = "RootManageSharedAccessKey";
  private static final String KEY = "bm90LWEtc2VjcmV0LW9ubHktZm9yLXRlc3Rz";

  private final Namespace namespace;
  private final Credentials credentials = new Credentials(KEY_NAME, KEY);
  private final Broker broker;
  private final EventLoop loop;
  private final Faults faults;
  private final int port;

  ServiceBusEmulator(Namespace namespace) {
    this.namespace = namespace;
    var plan = new FaultPlan();
    broker = new Broker(namespace, credentials, plan);
    loop = new EventLoop(broker::turn, broker::cutConnections);
    port = listen(0);
    faults = new Faults(loop, namespace, broker, plan, new Faults.Door() {
      @Override
      public void open() {
        if (!loop.isListening()) {
          listen(port);
        }
      }

      @Override
      public void close() {
        loop.stopListening();
      }
    });
    loop.start();
  }

  private int listen(int wanted) {
    return loop.listen(wanted, channel -> broker.accept(channel, loop));
  }

  /** {@return settings to start from} */
  public static ServiceBusEmulatorBuilder builder() {
    return new ServiceBusEmulatorBuilder();
  }

  /**
   * {@return how a subscription is named where this class asks for an entity}
   *
   * @param topic its topic
   * @param name its name
   */
  public static String subscription(String topic, String name) {
    return Address.subscription(topic, name);
  }

  /** {@return what Azure's clients connect with} */
  public String connectionString() {
    return credentials.connectionString(port);
  }

  /** {@return the port on 127.0.0.1} */
  public int port() {
    return port;
  }

  /**
   * Puts a message in, as if a client had sent it.
   *
   * @param entity a queue or a topic
   * @param message what to send
   * @throws IllegalArgumentException if there is no such entity, or it has sessions and the message
   *     none
   */
  public void send(String entity, BusMessage message) {
    send(entity, List.of(message));
  }

  /**
   * Puts messages in, all before any is handed out.
   *
   * @param entity a queue or a topic
   * @param messages what to send, in this order
   * @throws IllegalArgumentException if there is no such entity, or it has sessions and a message
   *     none; then nothing was sent
   */
  public void send(String entity, Collection<BusMessage> messages) {
    String key = namespace.require(entity);
    var contents = messages.stream().map(MessageMapper::toAmqp).toList();
    if (contents.stream().anyMatch(content -> namespace.lacksSession(key, content))) {
      throw new IllegalArgumentException(
          entity + " has sessions, so that each message needs withSessionId(..).");
    }
    var encoded = contents.stream().map(AmqpMessages::encode).toList();
    loop.run(() -> encoded.forEach(each -> namespace.put(key, each)));
  }

  private BusQueue queue(String entity) {
    BusQueue queue = namespace.queue(namespace.require(entity));
    if (queue == null) {
      throw new IllegalArgumentException(
          entity + " is a topic, which keeps nothing; ask for subscription(..) of it.");
    }
    return queue;
  }

  /**
   * {@return all messages that are there, oldest first, also those that a receiver has}
   *
   * @param entity a queue or a subscription
   * @throws IllegalArgumentException if there is no such entity, or it is a topic
   */
  public List<BusMessage> messages(String entity) {
    BusQueue queue = queue(entity);
    return loop.call(() -> {
      long now = namespace.now();
      return queue.all().stream()
          .map(message -> MessageMapper.toPublic(message, now))
          .toList();
    });
  }

  /**
   * {@return the dead letters, oldest first}
   *
   * @param entity a queue or a subscription
   * @throws IllegalArgumentException if there is no such entity, or it is a topic
   */
  public List<BusMessage> deadLetters(String entity) {
    return messages(Address.deadLetters(entity));
  }

  /**
   * {@return how many messages are there, also those that a receiver has}
   *
   * @param entity a queue or a subscription
   * @throws IllegalArgumentException if there is no such entity, or it is a topic
   */
  public int count(String entity) {
    BusQueue queue = queue(entity);
    return loop.call(queue::size);
  }

  /**
   * {@return how many messages receivers have completed so far}
   *
   * @param entity a queue or a subscription
   * @throws IllegalArgumentException if there is no such entity, or it is a topic
   */
  public long completed(String entity) {
    BusQueue queue = queue(entity);
    return loop.call(queue::completed);
  }

  /** {@return how many connections clients have open} */
  public int connections() {
    return loop.call(broker::connections);
  }

  /** {@return what can go wrong} */
  public Faults faults() {
    return faults;
  }

  /** Cuts all connections and ends the emulator's thread; a second call does nothing. */
  @Override
  public void close() {
    loop.close();
  }
}
