package dev.landfall.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A storage that has a small file of its own under every path. */
final class SmallFiles implements AutoCloseable {

  private static final int THREADS = 32;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final AtomicInteger asked = new AtomicInteger();
  private final HttpServer server;

  private SmallFiles(HttpServer server) {
    this.server = server;
  }

  static SmallFiles start() throws IOException {
    // Head and body go in two packets, and the second must not wait for the client's sign.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    SmallFiles files = new SmallFiles(HttpServer.create(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 128));
    files.server.setExecutor(files.threads);
    files.server.createContext("/", files::answer);
    files.server.start();
    return files;
  }

  static byte[] content(String path) {
    return (path + "\r\n")
        .repeat(1 + Math.floorMod(path.hashCode(), 50))
        .getBytes(StandardCharsets.UTF_8);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    byte[] body = content(exchange.getRequestURI().getPath());
    exchange.sendResponseHeaders(200, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** {@return how many files were fetched, the same one again counted again} */
  int asked() {
    return asked.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
