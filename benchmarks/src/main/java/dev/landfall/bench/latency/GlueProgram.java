package dev.landfall.bench.latency;

import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import dev.landfall.bench.frame.Parent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** The service a team writes by hand: all of an export is done inside the request. */
final class GlueProgram {

  private static final int THREADS = 8;

  private GlueProgram() {}

  /**
   * Serves until the parent has enough.
   *
   * @param arguments where the exports are, which is not checked; {@code fast} to leave the disk to
   *     the system, or {@code durable}
   */
  public static void main(String[] arguments) throws IOException, SQLException {
    boolean durable = arguments[1].equals("durable");
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (HikariDataSource tables =
        Tables.in(Path.of("tables.db"), durable ? SynchronousMode.FULL : SynchronousMode.OFF)) {
      GlueTable table = GlueTable.create(tables);
      GlueFiles files = GlueFiles.in(Path.of("files"), durable);
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/events", new GlueHandler(files, table, durable));
      server.setExecutor(threads);
      server.start();
      Parent.tell("http://127.0.0.1:%d/events".formatted(server.getAddress().getPort()));
      Parent.awaitEnd();
      server.stop(0);
    } finally {
      threads.shutdownNow();
    }
  }
}
