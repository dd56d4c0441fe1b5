package dev.landfall.bench.download;

import dev.landfall.bench.frame.Child;
import dev.landfall.bench.frame.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The machine's nginx, one process that ends with its handle. */
public final class Nginx implements FileServer {

  private static final String CONFIGURATION = "nginx.conf";
  private static final Duration START = Duration.ofSeconds(30);

  /** Said as soon as it listens. */
  private static final String LISTENS = "event method";

  private final Child child;
  private final int port;

  private Nginx(Child child, int port) {
    this.child = child;
    this.port = port;
  }

  /**
   * Starts it on a free port.
   *
   * @param folder served; gets a configuration and the folders that the program insists on
   * @return the server, to be closed
   * @throws IOException if nginx is not installed or does not start
   */
  public static Nginx start(Path folder) throws IOException {
    String program = Installed.require("nginx");
    int port = freePort();
    Files.writeString(folder.resolve(CONFIGURATION), configuration(port));
    Child child = Child.start(
        Command.of(program, "-e", "stderr", "-p", folder + "/", "-c", CONFIGURATION), folder);
    try {
      awaitListening(child);
      return new Nginx(child, port);
    } catch (IOException failure) {
      child.close();
      throw failure;
    }
  }

  /** As it comes, but in one process: nobody else would have to be ended, or may not read here. */
  private static String configuration(int port) {
    return """
        daemon off;
        master_process off;
        pid nginx.pid;
        error_log /dev/stdout notice;
        events {}
        http {
          access_log off;
          sendfile on;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          server {
            listen 127.0.0.1:%d;
            root .;
          }
        }
        """.formatted(port);
  }

  private static void awaitListening(Child child) throws IOException {
    try {
      boolean listens = false;
      while (!listens) {
        listens = child.next(START).text().contains(LISTENS);
      }
    } catch (InterruptedException brokenOff) {
      Thread.currentThread().interrupt();
      throw new IOException("Nobody waits for nginx any more.", brokenOff);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    child.close();
  }
}
