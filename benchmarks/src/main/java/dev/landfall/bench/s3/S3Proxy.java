package dev.landfall.bench.s3;

import dev.landfall.bench.frame.Child;
import dev.landfall.bench.frame.Command;
import dev.landfall.bench.frame.Folders;
import dev.landfall.bench.frame.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A server of S3 that checks signatures, one process that ends with its handle.
 *
 * <p>Its objects are plain files. They lie in memory where the system has a folder for that, so
 * that what it writes to disk for one turn does not slow the next.
 */
final class S3Proxy implements AutoCloseable {

  static final String REGION = "us-east-1";
  static final String KEY = "benchmark";
  static final String SECRET = "no-secret-on-this-machine";
  static final String BUCKET = "exports";

  private static final String HEAP = "512m";
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final Duration START = Duration.ofSeconds(30);

  /** Said as soon as it listens. */
  private static final String LISTENS = "ServerConnector";

  private final Child child;
  private final int port;
  private final Path data;

  private S3Proxy(Child child, int port, Path data) {
    this.child = child;
    this.port = port;
    this.data = data;
  }

  /**
   * Starts it on a free port, with the empty bucket.
   *
   * @param folder for its configuration, and for its objects where there is none in memory
   * @return the server, to be closed
   * @throws IOException if it does not start
   */
  static S3Proxy start(Path folder) throws IOException {
    Path data = Files.createTempDirectory(
        Files.isWritable(MEMORY) ? MEMORY : folder, "landfall-benchmark-");
    int port = freePort();
    Path configuration = folder.resolve("s3proxy.properties");
    Files.writeString(configuration, configuration(port, data));
    Files.createDirectory(data.resolve(BUCKET));
    Child child =
        Child.start(Command.jar(jar(), HEAP, "--properties", configuration.toString()), folder);
    S3Proxy server = new S3Proxy(child, port, data);
    try {
      awaitListening(child);
      return server;
    } catch (IOException failure) {
      server.close();
      throw failure;
    }
  }

  /** The build puts it beside the classes. */
  private static Path jar() throws IOException {
    try {
      URI classes =
          S3Proxy.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(classes).resolveSibling("servers").resolve("s3proxy.jar");
    } catch (URISyntaxException impossible) {
      throw new IOException("Nobody knows where the build put s3proxy.", impossible);
    }
  }

  private static String configuration(int port, Path data) {
    return """
        s3proxy.endpoint=http://127.0.0.1:%d
        s3proxy.authorization=aws-v2-or-v4
        s3proxy.identity=%s
        s3proxy.credential=%s
        jclouds.provider=filesystem-nio2
        jclouds.filesystem.basedir=%s
        jclouds.identity=unused
        jclouds.credential=unused
        """.formatted(port, KEY, SECRET, data);
  }

  private static void awaitListening(Child child) throws IOException {
    try {
      boolean listens = false;
      while (!listens) {
        listens = child.next(START).text().contains(LISTENS);
      }
    } catch (InterruptedException brokenOff) {
      Thread.currentThread().interrupt();
      throw new IOException("Nobody waits for s3proxy any more.", brokenOff);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** {@return what it has used so far} */
  Usage usage() {
    return child.usage();
  }

  /** {@return its bucket} */
  Bucket bucket() {
    return new Bucket(data.resolve(BUCKET));
  }

  @Override
  public void close() {
    child.close();
    try {
      Folders.remove(data);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
