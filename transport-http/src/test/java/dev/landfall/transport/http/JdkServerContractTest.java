package dev.landfall.transport.http;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

class JdkServerContractTest extends EmbeddedContract {

  private final List<HttpServer> servers = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @Override
  int serve(WebhookEndpoint endpoint) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(PATH, WebhookHandler.of(endpoint));
    server.start();
    servers.add(server);
    return server.getAddress().getPort();
  }

  @Override
  void stopServer() {
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
  }
}
