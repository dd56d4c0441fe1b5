package dev.landfall.transport.finops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An F&O environment as far as packages are asked for, which answers as a test says. */
final class PackageApi implements AutoCloseable {

  /**
   * What was asked for.
   *
   * @param line method and path
   * @param authorization the header
   * @param body as text
   */
  record Call(String line, String authorization, String body) {}

  interface Script {
    Answer answer(Call call);
  }

  record Answer(int status, Map<String, String> headers, String body) {
    static Answer ok(String body) {
      return new Answer(200, Map.of(), body);
    }
  }

  static {
    // Or each answer waits 40 ms for the client's acknowledgement of its head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private volatile Script script;

  PackageApi(Script script) throws IOException {
    this.script = script;
    this.server = HttpServer.create(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 50);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void answers(int status, String body) {
    script = call -> new Answer(status, Map.of(), body);
  }

  void answers(Answer answer) {
    script = call -> answer;
  }

  Queue<Call> calls() {
    return calls;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Call call = new Call(
          exchange.getRequestMethod() + " " + exchange.getRequestURI(),
          String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      calls.add(call);
      Answer answer = script.answer(call);
      answer.headers.forEach(exchange.getResponseHeaders()::add);
      byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
