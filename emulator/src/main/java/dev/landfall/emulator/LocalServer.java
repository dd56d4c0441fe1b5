package dev.landfall.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/** An HTTP/1.1 server on a free port of 127.0.0.1 that says nothing of its own. */
final class LocalServer implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(LocalServer.class.getName());
  private static final int THREADS = 16;
  private static final int BACKLOG = 1024;
  private static final int LONGEST_HEAD = 64 * 1024;

  private final Server server;
  private final URI address;
  private final int port;

  private LocalServer(Server server, String scheme, int port) {
    this.server = server;
    this.address = URI.create(scheme + "://127.0.0.1:" + port);
    this.port = port;
  }

  /**
   * {@return a running server}
   *
   * @param handler answers all requests; a {@link Handler.Wrapper} around it can cut, stall or slow
   *     its answers
   * @throws UncheckedIOException if the machine has no free port
   */
  static LocalServer start(Handler handler) {
    LocalServer server = open(Optional.empty());
    server.serve(handler);
    return server;
  }

  /**
   * {@return a server that has its port; who connects waits until it serves}
   *
   * @param tls has the certificate, if it is to speak TLS
   * @throws UncheckedIOException if the machine has no free port
   */
  static LocalServer open(Optional<SSLContext> tls) {
    var threads = new QueuedThreadPool(THREADS);
    threads.setName("emulator-http");
    threads.setDaemon(true);
    var server =
        new Server(threads, new ScheduledExecutorScheduler("emulator-http-timer", true), null);
    server.setStopTimeout(0);
    server.setErrorHandler((request, response, callback) -> {
      callback.succeeded();
      return true;
    });
    var connector = new ServerConnector(server, 1, 1, protocols(tls));
    connector.setHost("127.0.0.1");
    connector.setAcceptQueueSize(BACKLOG);
    // A slow reader is never cut off, and an idle connection holds no thread.
    connector.setIdleTimeout(0);
    server.addConnector(connector);
    try {
      connector.open();
    } catch (IOException failure) {
      throw new UncheckedIOException("No port could be opened on 127.0.0.1.", failure);
    }
    return new LocalServer(server, tls.isPresent() ? "https" : "http", connector.getLocalPort());
  }

  private static ConnectionFactory[] protocols(Optional<SSLContext> tls) {
    var http = new HttpConnectionFactory(configuration());
    if (tls.isEmpty()) {
      return new ConnectionFactory[] {http};
    }
    var certificates = new SslContextFactory.Server();
    certificates.setSslContext(tls.get());
    var secure = new SslConnectionFactory(certificates, http.getProtocol());
    // It would have to find the address, which no client names, in the certificate.
    secure.setEnsureSecureRequestCustomizer(false);
    return new ConnectionFactory[] {secure, http};
  }

  /** Begins to answer. */
  void serve(Handler handler) {
    server.setHandler(handler);
    LifeCycle.start(server);
  }

  private static HttpConfiguration configuration() {
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    http.setRequestHeaderSize(LONGEST_HEAD);
    // What a path means is for the handler to say: its answer to a strange one is Azure's.
    http.setUriCompliance(UriCompliance.UNSAFE);
    return http;
  }

  /** {@return where it is reached} */
  URI address() {
    return address;
  }

  /** {@return the port it listens on, or did} */
  int port() {
    return port;
  }

  /** Stops listening and cuts all connections; a second call does nothing. */
  @Override
  public void close() {
    // Stopping waits for threads, which a thread that is interrupted cannot do.
    boolean interrupted = Thread.interrupted();
    try {
      server.stop();
    } catch (Exception failure) {
      LOG.log(System.Logger.Level.WARNING, "The server did not stop in good order.", failure);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
