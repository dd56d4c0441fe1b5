package dev.landfall.emulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;

/** An endpoint that keeps what it receives and answers as told. */
final class Receiver implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch stalled = new CountDownLatch(1);
  private final List<Post> posts = new ArrayList<>();

  record Post(String query, Map<String, String> headers, String body) {}

  /** The status may depend on how many posts came before; 0 never answers. */
  Receiver(IntUnaryOperator status) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.setExecutor(threads);
    server.createContext("/", exchange -> receive(exchange, status));
    server.start();
  }

  static Receiver accepting() {
    return new Receiver(before -> 202);
  }

  private void receive(HttpExchange exchange, IntUnaryOperator status) throws IOException {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int answer;
    synchronized (posts) {
      answer = status.applyAsInt(posts.size());
      posts.add(new Post(exchange.getRequestURI().getRawQuery(), headers, body));
    }
    if (answer == 0) {
      try {
        stalled.await();
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
    }
    if (answer >= 300 && answer < 400) {
      exchange.getResponseHeaders().set("Location", "/elsewhere");
    }
    exchange.sendResponseHeaders(answer == 0 ? 500 : answer, -1);
    exchange.close();
  }

  URI uri() {
    return URI.create(
        "http://127.0.0.1:" + server.getAddress().getPort() + "/events?code=top-secret");
  }

  List<Post> posts() {
    synchronized (posts) {
      return List.copyOf(posts);
    }
  }

  @Override
  public void close() {
    stalled.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
