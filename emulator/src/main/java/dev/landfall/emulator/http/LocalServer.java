package dev.landfall.emulator.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/**
 * An HTTP/1.1 server on 127.0.0.1 with one thread per connection and a bound on connections.
 *
 * <p>The JDK's own server sends an answer's head and body in two packets and, on JDK 17, leaves
 * Nagle's algorithm on: each small file on a kept connection then takes 44 ms. Only a system
 * property changes that, and a library sets none.
 */
public final class LocalServer implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(LocalServer.class.getName());
  private static final int CONNECTIONS = 128;
  private static final int BACKLOG = 1024;
  private static final int IDLE_MILLIS = 15_000;
  private static final int BUFFER = 16 * 1024;

  private final Handler handler;
  private final ServerSocket listener;
  private final Semaphore slots = new Semaphore(CONNECTIONS);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
    var thread = new Thread(task, "emulator-http");
    thread.setDaemon(true);
    return thread;
  });

  private LocalServer(Handler handler, ServerSocket listener) {
    this.handler = handler;
    this.listener = listener;
  }

  /**
   * {@return a running server on a free port}
   *
   * @param handler answers all requests
   * @throws UncheckedIOException if the machine has no free port
   */
  public static LocalServer start(Handler handler) {
    try {
      var listener = new ServerSocket();
      listener.bind(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), BACKLOG);
      var server = new LocalServer(handler, listener);
      server.threads.execute(server::accept);
      return server;
    } catch (IOException failure) {
      throw new UncheckedIOException("No port could be opened on 127.0.0.1.", failure);
    }
  }

  /** {@return the port it listens on} */
  public int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        slots.acquire();
        Socket socket = listener.accept();
        open.add(socket);
        threads.execute(() -> serve(socket));
      }
    } catch (IOException | InterruptedException | RejectedExecutionException closed) {
      open.forEach(LocalServer::closeQuietly);
      LOG.log(System.Logger.Level.DEBUG, "The server takes no more connections.", closed);
    }
  }

  private void serve(Socket socket) {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        OutputStream out = new BufferedOutputStream(socket.getOutputStream(), BUFFER)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(IDLE_MILLIS);
      try {
        boolean again = true;
        while (again) {
          Optional<Request> request = Request.read(in);
          again = request.isPresent() && answer(request.get(), in, out);
        }
      } catch (Request.MalformedRequestException malformed) {
        malformed.answer(out);
      }
    } catch (IOException gone) {
      LOG.log(System.Logger.Level.DEBUG, "A connection ended early.", gone);
    } finally {
      open.remove(socket);
      slots.release();
    }
  }

  /** {@return whether the connection can take another request} */
  private boolean answer(Request request, InputStream in, OutputStream out) throws IOException {
    // With no slot left an idle connection would keep others waiting, so it has to go.
    boolean last =
        !request.skipBody(in) || !request.keepsConnection() || slots.availablePermits() == 0;
    var answer = new Answer(out, request.isHead(), last);
    try {
      handler.handle(request, answer);
    } catch (RuntimeException failure) {
      LOG.log(System.Logger.Level.ERROR, "A request could not be answered.", failure);
      if (answer.isSent()) {
        return false;
      }
      new Answer(out, request.isHead(), true).send(500, new byte[0]);
      return false;
    }
    return !last;
  }

  /** Stops listening and cuts all connections; a second call does nothing. */
  @Override
  public void close() {
    closeQuietly(listener);
    threads.shutdownNow();
    open.forEach(LocalServer::closeQuietly);
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception failure) {
      LOG.log(System.Logger.Level.DEBUG, "A socket could not be closed.", failure);
    }
  }
}
