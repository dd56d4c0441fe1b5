package dev.landfall.transport.http;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

class JettyContractTest extends EmbeddedContract {

  private final List<Server> servers = new ArrayList<>();

  @Override
  int serve(WebhookEndpoint endpoint) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    ServletHolder holder = new ServletHolder(new WebhookServlet(endpoint));
    holder.setAsyncSupported(true);
    context.addServlet(holder, PATH);
    server.setHandler(context);
    server.start();
    servers.add(server);
    return connector.getLocalPort();
  }

  @Override
  void stopServer() throws Exception {
    for (Server server : servers) {
      server.stop();
    }
  }
}
