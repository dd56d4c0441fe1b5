package dev.landfall.bench.download;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Stands in for nginx, which is not installed everywhere. */
public final class JdkServer implements FileServer {

  private static final int OK = 200;
  private static final int NO_BODY = -1;

  private final HttpServer server;

  private JdkServer(HttpServer server) {
    this.server = server;
  }

  public static JdkServer start(Path folder) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      try (exchange) {
        Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1));
        if (exchange.getRequestMethod().equals("HEAD")) {
          exchange.sendResponseHeaders(OK, NO_BODY);
        } else {
          exchange.sendResponseHeaders(OK, Files.size(file));
          Files.copy(file, exchange.getResponseBody());
        }
      }
    });
    server.start();
    return new JdkServer(server);
  }

  @Override
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
