package dev.landfall.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A host on this machine that answers byte for byte as a test says, faults included.
 *
 * <p>A script that returns without having sent all of an answer stays silent: the host waits for
 * the next request on the connection, or for its end.
 */
final class ScriptedHost implements AutoCloseable {

  /** What is answered to each request. */
  interface Script {
    void answer(Exchange exchange) throws Exception;
  }

  private final ServerSocket socket;
  private final String scheme;
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
  private final Queue<Exchange> exchanges = new ConcurrentLinkedQueue<>();
  private volatile Script script = exchange -> exchange.send("HTTP/1.1 200 OK", new byte[0]);

  private ScriptedHost(ServerSocketFactory sockets, String scheme) throws IOException {
    this.socket =
        sockets.createServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    this.scheme = scheme;
    daemon(this::accept);
  }

  static ScriptedHost http() throws IOException {
    return new ScriptedHost(ServerSocketFactory.getDefault(), "http");
  }

  static ScriptedHost https(ServerSocketFactory sockets) throws IOException {
    return new ScriptedHost(sockets, "https");
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "scripted-host");
    thread.setDaemon(true);
    thread.start();
  }

  void answers(Script next) {
    script = next;
  }

  /** {@return a link to this host by its address} */
  URI at(String target) {
    return by("127.0.0.1", target);
  }

  URI by(String host, String target) {
    return URI.create(scheme + "://" + host + ":" + socket.getLocalPort() + target);
  }

  /** {@return all requests so far, in order} */
  List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  private void accept() {
    int number = 0;
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        if (socket.isClosed()) {
          // The one that came while it was being closed is too late.
          connection.close();
          return;
        }
        int own = number++;
        open.add(connection);
        daemon(() -> serve(connection, own));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection, int number) {
    CompletableFuture<Void> gone = new CompletableFuture<>();
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      List<String> head = headOf(in);
      while (head != null) {
        Exchange exchange = new Exchange(number, head, connection, gone);
        exchanges.add(exchange);
        script.answer(exchange);
        head = connection.isClosed() ? null : headOf(in);
      }
    } catch (Exception broken) {
      // The client has gone, or the script has closed the connection.
    } finally {
      gone.complete(null);
      open.remove(connection);
    }
  }

  private static @Nullable List<String> headOf(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int read = in.read(); read >= 0; read = in.read()) {
      if (read == '\n') {
        if (line.toString().isBlank()) {
          return lines;
        }
        lines.add(line.toString().strip());
        line.setLength(0);
      } else {
        line.append((char) read);
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket connection : open) {
      connection.close();
    }
  }

  /** One request, and how to answer it. */
  static final class Exchange {

    private final int connection;
    private final List<String> head;
    private final Socket socket;
    private final CompletableFuture<Void> gone;

    private Exchange(
        int connection, List<String> head, Socket socket, CompletableFuture<Void> gone) {
      this.connection = connection;
      this.head = List.copyOf(head);
      this.socket = socket;
      this.gone = gone;
    }

    /** {@return which connection it came on, counted from 0} */
    int connection() {
      return connection;
    }

    /** {@return the first line} */
    String line() {
      return head.get(0);
    }

    /** {@return path and query, as they were asked for} */
    String target() {
      return line().substring(line().indexOf(' ') + 1, line().lastIndexOf(' '));
    }

    List<String> headers() {
      return head.subList(1, head.size());
    }

    Optional<String> header(String name) {
      String prefix = name + ":";
      return headers().stream()
          .filter(line -> line.regionMatches(true, 0, prefix, 0, prefix.length()))
          .map(line -> line.substring(prefix.length()).strip())
          .findFirst();
    }

    /** Sends a whole answer with its length. */
    void send(String head, byte[] body) throws IOException {
      sendBytes((head + "\r\nContent-Length: " + body.length + "\r\n\r\n")
          .getBytes(StandardCharsets.ISO_8859_1));
      sendBytes(body);
    }

    void send(String text) throws IOException {
      sendBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void sendBytes(byte[] bytes) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
    }

    void close() throws IOException {
      socket.close();
    }

    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** Waits without an answer; a script has nothing else to wait for. */
    void pause(Duration time) throws InterruptedException {
      var unused = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Waits until the client has closed the connection, or the host has. */
    void awaitGone() throws Exception {
      try {
        gone.get(10, TimeUnit.SECONDS);
      } catch (TimeoutException stillThere) {
        throw new AssertionError("The connection stays open.", stillThere);
      }
    }
  }
}
