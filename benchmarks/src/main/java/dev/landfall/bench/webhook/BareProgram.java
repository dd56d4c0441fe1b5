package dev.landfall.bench.webhook;

import dev.landfall.bench.frame.Parent;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/** The server that Landfall chose, with its defaults: reads a body whole and accepts it. */
final class BareProgram {

  private BareProgram() {}

  /**
   * Serves until the parent has enough.
   *
   * @param arguments none that matter
   */
  public static void main(String[] arguments) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new Accepting());
    server.start();
    try {
      Parent.tell("http://127.0.0.1:%d/events".formatted(connector.getLocalPort()));
      Parent.awaitEnd();
    } finally {
      server.stop();
    }
  }

  private static final class Accepting extends Handler.Abstract.NonBlocking {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Content.Source.asByteBuffer(request, new Promise.Invocable.NonBlocking<ByteBuffer>() {
        @Override
        public void succeeded(ByteBuffer body) {
          response.setStatus(HttpStatus.ACCEPTED_202);
          response.write(true, null, callback);
        }

        @Override
        public void failed(Throwable cause) {
          callback.failed(cause);
        }
      });
      return true;
    }
  }
}
