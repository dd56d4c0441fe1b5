package dev.landfall.emulator.servicebus;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.apache.qpid.proton.engine.Collector;
import org.apache.qpid.proton.engine.Connection;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Event;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Receiver;
import org.apache.qpid.proton.engine.Session;
import org.apache.qpid.proton.engine.Transport;
import org.apache.qpid.proton.engine.TransportException;

/** One TCP connection of a client, between its socket and the codec. */
final class ClientConnection {

  private static final System.Logger LOG = System.getLogger(ClientConnection.class.getName());
  private static final int FRAME = 64 * 1024;
  private static final int IDLE_MILLIS = 120_000;
  /** More than the longest message, which a session has to hold before it is read. */
  private static final int SESSION_CAPACITY = 8 * 1024 * 1024;

  private static final EnumSet<EndpointState> ANY = EnumSet.allOf(EndpointState.class);

  /** What goes on in a connection. */
  interface Listener {

    void attached(ClientConnection connection, Link link);

    void detached(Link link);

    void settled(ClientConnection connection, Delivery delivery);

    void closed(ClientConnection connection);
  }

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Listener listener;
  private final Access access;
  private final Transport transport = Transport.Factory.create();
  private final Connection connection = Connection.Factory.create();
  private final Collector events = Collector.Factory.create();
  private boolean cut;

  ClientConnection(SocketChannel channel, EventLoop loop, Access access, Listener listener) {
    this.channel = channel;
    this.listener = listener;
    this.access = access;
    this.key = loop.watch(channel, this::receive);
    connection.collect(events);
    connection.setContainer("emulator-servicebus");
    transport.setMaxFrameSize(FRAME);
    transport.setIdleTimeout(IDLE_MILLIS);
    transport.setEmitFlowEventOnSend(false);
    access.guard(transport.sasl());
    transport.bind(connection);
  }

  Access access() {
    return access;
  }

  boolean isCut() {
    return cut;
  }

  private void receive() {
    try {
      while (!cut && transport.capacity() > 0) {
        int count = channel.read(transport.tail());
        if (count < 0) {
          cut();
        } else if (count == 0) {
          return;
        } else {
          transport.process();
          handleEvents();
        }
      }
    } catch (IOException | TransportException failure) {
      LOG.log(System.Logger.Level.DEBUG, "A client broke off.", failure);
      cut();
    } catch (RuntimeException failure) {
      LOG.log(System.Logger.Level.WARNING, "A client sent what nobody here understands.", failure);
      cut();
    }
  }

  /** Writes what is due, heartbeats as well. */
  void flush(long millis) {
    if (cut) {
      return;
    }
    try {
      transport.tick(millis);
      handleEvents();
      while (!cut) {
        int pending = transport.pending();
        if (pending < 0) {
          cut();
        } else if (pending == 0) {
          key.interestOps(SelectionKey.OP_READ);
          return;
        } else {
          int count = channel.write(transport.head());
          transport.pop(count);
          if (count < pending) {
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            return;
          }
        }
      }
    } catch (IOException failure) {
      LOG.log(System.Logger.Level.DEBUG, "A client broke off.", failure);
      cut();
    }
  }

  /** Closes the socket without a word. */
  void cut() {
    if (cut) {
      return;
    }
    cut = true;
    key.cancel();
    EventLoop.closeQuietly(channel);
    links().forEach(listener::detached);
    listener.closed(this);
  }

  List<Link> links() {
    List<Link> links = new ArrayList<>();
    for (Link link = connection.linkHead(ANY, ANY); link != null; link = link.next(ANY, ANY)) {
      links.add(link);
    }
    return links;
  }

  private void handleEvents() {
    for (Event event = events.peek(); event != null && !cut; event = events.peek()) {
      handle(event);
      events.pop();
    }
  }

  private void handle(Event event) {
    switch (event.getType()) {
      case CONNECTION_REMOTE_OPEN -> connection.open();
      case CONNECTION_REMOTE_CLOSE -> connection.close();
      case SESSION_REMOTE_OPEN -> {
        event.getSession().setIncomingCapacity(SESSION_CAPACITY);
        event.getSession().open();
      }
      case SESSION_REMOTE_CLOSE -> close(event.getSession());
      case LINK_REMOTE_OPEN -> listener.attached(this, event.getLink());
      case LINK_REMOTE_CLOSE -> {
        listener.detached(event.getLink());
        event.getLink().close();
        event.getLink().free();
      }
      case LINK_REMOTE_DETACH -> {
        listener.detached(event.getLink());
        event.getLink().detach();
        event.getLink().free();
      }
      case DELIVERY -> handle(event.getDelivery());
      default -> {}
    }
  }

  private void close(Session session) {
    links().stream().filter(link -> link.getSession() == session).forEach(listener::detached);
    session.close();
    session.free();
  }

  private void handle(Delivery delivery) {
    if (!(delivery.getLink() instanceof Receiver link)) {
      if (delivery.isUpdated()) {
        listener.settled(this, delivery);
      }
      return;
    }
    if (!delivery.isReadable() || delivery.isPartial() || delivery.isSettled()) {
      return;
    }
    byte[] bytes = new byte[delivery.pending()];
    link.recv(bytes, 0, bytes.length);
    link.advance();
    if (link.getContext() instanceof Inbox inbox) {
      inbox.received(this, delivery, bytes);
    }
  }
}
