package dev.landfall.emulator.servicebus;

import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Receiver;
import org.apache.qpid.proton.engine.Sender;

/** Leads each link of a client to its node; everything in it runs on the loop. */
final class Broker implements ClientConnection.Listener {

  /** Azure's client takes the size of its batches from it. */
  private static final UnsignedLong LONGEST_MESSAGE = UnsignedLong.valueOf(1024 * 1024);

  private final Namespace namespace;
  private final FaultPlan faults;
  private final Credentials credentials;
  private final Settlements settlements;
  private final TokenDesk tokens;
  private final Map<String, Dispatcher> dispatchers = new HashMap<>();
  private final Map<String, Intake> intakes = new HashMap<>();
  private final Map<String, ManagementDesk> desks = new HashMap<>();
  private final Set<ClientConnection> connections = new LinkedHashSet<>();
  private final long start = System.nanoTime();

  Broker(Namespace namespace, Credentials credentials, FaultPlan faults) {
    this.namespace = namespace;
    this.credentials = credentials;
    this.faults = faults;
    this.settlements = new Settlements(faults);
    this.tokens = new TokenDesk(credentials, faults);
    namespace
        .queues()
        .forEach(queue -> dispatchers.put(Address.key(queue.name), new Dispatcher(queue, faults)));
  }

  void accept(SocketChannel channel, EventLoop loop) {
    connections.add(new ClientConnection(channel, loop, new Access(credentials), this));
  }

  /** Does what is due, after all that came in was read. */
  void turn() {
    long now = namespace.now();
    faults.passTime(now);
    for (Dispatcher dispatcher : dispatchers.values()) {
      dispatcher.passTime(now);
      dispatcher.pump(now);
    }
    // Heartbeats go by real time: the client's clock cannot be turned.
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + 1;
    List.copyOf(connections).forEach(connection -> connection.flush(millis));
  }

  int connections() {
    return connections.size();
  }

  void cutConnections() {
    List.copyOf(connections).forEach(ClientConnection::cut);
  }

  void detachLinks(String entity, String condition, String description) {
    for (ClientConnection connection : connections) {
      for (Link link : connection.links()) {
        Address address = Links.address(link);
        if (address != null
            && link.getLocalState() == EndpointState.ACTIVE
            && address.node() == Address.Node.MESSAGES
            && address.entity().equals(entity)) {
          detached(link);
          Links.detach(link, condition, description);
        }
      }
    }
  }

  void loseLocks(String entity) {
    namespace
        .targets(entity)
        .forEach(queue -> dispatcher(Address.key(queue.name)).loseLocks());
  }

  void stall(String entity, boolean on) {
    faults.stall(entity, on);
    namespace.targets(entity).forEach(queue -> faults.stall(Address.key(queue.name), on));
    if (!on) {
      intake(entity).resume();
    }
  }

  private Dispatcher dispatcher(String entity) {
    return Objects.requireNonNull(dispatchers.get(entity), entity);
  }

  private Intake intake(String entity) {
    return intakes.computeIfAbsent(entity, key -> new Intake(key, namespace, faults));
  }

  @Override
  public void attached(ClientConnection connection, Link link) {
    Address address = Links.address(link);
    if (address == null) {
      Links.refuse(link, "amqp:not-implemented", "Transactions are not known here.");
      return;
    }
    Links.mirror(link);
    if (address.node() != Address.Node.TOKENS && !admitted(connection, link, address)) {
      return;
    }
    if (link instanceof Receiver receiver) {
      attachReceiver(receiver, address);
    } else if (address.node() == Address.Node.MESSAGES) {
      attachOutlet((Sender) link, address.entity());
    } else {
      // The way back for answers; the desk finds it by this mark.
      link.setContext(address);
      link.open();
    }
  }

  private boolean admitted(ClientConnection connection, Link link, Address address) {
    if (!namespace.knows(address.entity())) {
      Links.refuse(
          link,
          "amqp:not-found",
          "The messaging entity '" + address.entity() + "' could not be found.");
      return false;
    }
    if (!connection.access().allows(address.owner())) {
      Links.refuse(
          link,
          "amqp:unauthorized-access",
          "Unauthorized access. 'Listen' or 'Send' claim(s) are required to perform this"
              + " operation.");
      return false;
    }
    return true;
  }

  private void attachReceiver(Receiver link, Address address) {
    link.setMaxMessageSize(LONGEST_MESSAGE);
    switch (address.node()) {
      case TOKENS -> {
        link.setContext(tokens);
        tokens.open(link);
      }
      case MANAGEMENT -> {
        ManagementDesk desk = desks.computeIfAbsent(
            address.entity(), entity -> new ManagementDesk(address, namespace));
        link.setContext(desk);
        desk.open(link);
      }
      case MESSAGES -> {
        Intake intake = intake(address.entity());
        link.setContext(intake);
        intake.open(link);
      }
    }
  }

  private void attachOutlet(Sender link, String entity) {
    Dispatcher dispatcher = dispatchers.get(entity);
    if (dispatcher == null) {
      Links.refuse(link, "amqp:not-allowed", "A topic is received from by its subscriptions.");
    } else if (dispatcher.queue().settings.sessions() && !Outlet.asksForSession(link)) {
      Links.refuse(
          link,
          "amqp:not-allowed",
          "It is not possible for an entity that requires sessions to create a non-sessionful"
              + " message receiver.");
    } else if (!dispatcher.queue().settings.sessions() && Outlet.asksForSession(link)) {
      Links.refuse(
          link,
          "amqp:not-allowed",
          "A sessionful message receiver cannot be created on an entity that does not require"
              + " sessions.");
    } else {
      Outlet outlet = new Outlet(dispatcher.queue(), link);
      link.setContext(outlet);
      dispatcher.join(outlet);
    }
  }

  @Override
  public void detached(Link link) {
    if (link.getContext() instanceof Outlet outlet) {
      dispatcher(Address.key(outlet.queue.name)).leave(outlet);
    }
  }

  @Override
  public void settled(ClientConnection connection, Delivery delivery) {
    if (delivery.getLink().getContext() instanceof Outlet outlet) {
      settlements.settle(connection, outlet.queue, delivery);
    }
  }

  @Override
  public void closed(ClientConnection connection) {
    connections.remove(connection);
  }
}
