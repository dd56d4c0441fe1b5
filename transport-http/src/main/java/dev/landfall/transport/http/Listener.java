package dev.landfall.transport.http;

import dev.landfall.spi.Receiver;
import dev.landfall.spi.SourceException;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server behind a webhook, from its port's taking to its release. */
final class Listener {

  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final int THREADS = 16;
  private static final int BACKLOG = 1024;

  /** Longer than proxies keep a connection by default, so that it is they who close it. */
  private static final Duration IDLE = Duration.ofSeconds(75);

  private final Server server;
  private final ServerConnector connector;
  private final Desk desk;

  private Listener(Server server, ServerConnector connector, Desk desk) {
    this.server = server;
    this.connector = connector;
    this.desk = desk;
  }

  /**
   * Takes the port and begins to listen.
   *
   * @throws SourceException if the port cannot be taken
   */
  static Listener open(Settings settings, Receiver receiver) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS);
    Server server = new Server(threads);
    server.setStopTimeout(0);
    server.setErrorHandler(Listener::protocolError);
    ServerConnector connector = connector(server, settings);
    server.addConnector(connector);
    try {
      connector.open();
    } catch (IOException taken) {
      throw cannotListen(settings, taken);
    }
    threads.setName("webhook-" + connector.getLocalPort());
    Desk desk = new Desk(Webhook.name(connector.getLocalPort()), settings.rules(), receiver);
    server.setHandler(new Intake(desk, settings));
    Listener listener = new Listener(server, connector, desk);
    try {
      server.start();
    } catch (Exception failure) {
      listener.stop();
      throw cannotListen(settings, failure);
    }
    return listener;
  }

  private static ServerConnector connector(Server server, Settings settings) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    // What a proxy before this one may have understood otherwise is refused, not guessed.
    http.setHttpCompliance(HttpCompliance.STRICT);
    ServerConnector connector =
        new ServerConnector(server, 1, 1, factories(server, settings, http)) {
          @Override
          protected SocketChannelEndPoint newEndPoint(
              SocketChannel channel, ManagedSelector selector, SelectionKey key) {
            var endPoint = new WatchedEndPoint(
                channel, selector, key, getScheduler(), settings.requestDeadline());
            endPoint.setIdleTimeout(getIdleTimeout());
            return endPoint;
          }
        };
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setAcceptQueueSize(BACKLOG);
    connector.setIdleTimeout(IDLE.toMillis());
    // While it closes, a request on an open connection is told to try later rather than cut off.
    connector.setShutdownIdleTimeout(-1);
    return connector;
  }

  private static ConnectionFactory[] factories(
      Server server, Settings settings, HttpConfiguration http) {
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    Tls tls = settings.tls();
    if (tls == null) {
      return new ConnectionFactory[] {plain};
    }
    SslContextFactory.Server secured = tls.open();
    server.addBean(tls.watching(secured));
    return new ConnectionFactory[] {new SslConnectionFactory(secured, plain.getProtocol()), plain};
  }

  private static boolean protocolError(Request request, Response response, Callback callback) {
    // The server's own words may quote the request line, and so the secret in its query. Where the
    // next request would begin is doubtful now, so there is none on this connection.
    int status = response.getStatus();
    Intake.write(
        WebhookAnswer.problem(status, protocolFault(status), "Connection", "close"),
        response,
        callback);
    return true;
  }

  private static String protocolFault(int status) {
    return switch (status) {
      case 414, 431 ->
        "Request line and headers have at most 8 KiB together; those of this request have more.";
      case 417 -> "No other expectation than 100-continue is met.";
      case 426, 505 -> "Requests are of HTTP/1.1; this one is of another version.";
      default ->
        status < 500
            ? "The request breaks the rules of HTTP/1.1 (RFC 9112) or its URI those of RFC 3986, so it is not read."
            : "The request could not be taken.";
    };
  }

  private static SourceException cannotListen(Settings settings, Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new SourceException(
        "A webhook listens on a free port of an address of this machine; %s:%d cannot be taken (%s). Stop what holds it, or choose another; port 0 takes any that is free."
            .formatted(
                settings.host(),
                settings.port(),
                root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage()),
        failure);
  }

  int port() {
    return connector.getLocalPort();
  }

  /** Lets nobody in, waits for the answers under way, and frees everything. */
  void close() {
    desk.close();
    var unused = connector.shutdown();
    for (EndPoint endPoint : connector.getConnectedEndPoints()) {
      ((WatchedEndPoint) endPoint).giveUpBody();
    }
    boolean interrupted = false;
    try {
      if (!desk.awaitEmpty()) {
        LOG.warn("{}: some senders got no answer before it closed.", desk.name());
      }
    } catch (InterruptedException hurry) {
      interrupted = true;
    }
    stop();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop() {
    try {
      connector.close();
      server.stop();
    } catch (Exception failure) {
      LOG.warn("{}: the server did not stop in good order.", desk.name(), failure);
    }
  }
}
