package dev.landfall.bench.landing;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A storage host that has the same file behind every link, in memory, and checks none. */
public final class Storage implements AutoCloseable {

  private static final int THREADS = 16;

  private final Server server;
  private final int port;

  private Storage(Server server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Starts it on a free port.
   *
   * @param file behind every link
   * @return the host, to be closed
   * @throws IOException if it cannot be started
   */
  public static Storage of(byte[] file) throws IOException {
    Server server = new Server(new QueuedThreadPool(THREADS));
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new SameFile(file));
    try {
      server.start();
    } catch (Exception failure) {
      throw new IOException("No storage host could be started.", failure);
    }
    return new Storage(server, connector.getLocalPort());
  }

  /** {@return scheme, host and port} */
  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception failure) {
      throw new IllegalStateException("The storage host did not stop.", failure);
    }
  }

  private static final class SameFile extends Handler.Abstract.NonBlocking {

    private final ByteBuffer file;

    SameFile(byte[] file) {
      this.file = ByteBuffer.wrap(file.clone());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/octet-stream");
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, file.remaining());
      response.write(true, file.duplicate(), callback);
      return true;
    }
  }
}
