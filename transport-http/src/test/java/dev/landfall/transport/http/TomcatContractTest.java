package dev.landfall.transport.http;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.io.TempDir;

class TomcatContractTest extends EmbeddedContract {

  @TempDir
  Path folder;

  private final List<Tomcat> servers = new ArrayList<>();

  @Override
  int serve(WebhookEndpoint endpoint) throws Exception {
    Tomcat server = new Tomcat();
    server.setBaseDir(folder.toString());
    server.setPort(0);
    server.getConnector().setProperty("address", "127.0.0.1");
    Context context = server.addContext("", folder.toString());
    Wrapper servlet = Tomcat.addServlet(context, "events", new WebhookServlet(endpoint));
    servlet.setAsyncSupported(true);
    context.addServletMapping(PATH, "events");
    server.start();
    servers.add(server);
    return server.getConnector().getLocalPort();
  }

  @Override
  void stopServer() throws Exception {
    for (Tomcat server : servers) {
      server.stop();
      server.destroy();
    }
  }
}
