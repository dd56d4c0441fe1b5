package dev.landfall.bench.peer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL server that waits for the disk on every commit, as it comes. */
public final class Postgres implements AutoCloseable {

  private final EmbeddedPostgres server;

  private Postgres(EmbeddedPostgres server) {
    this.server = server;
  }

  /**
   * Starts a server with an empty database.
   *
   * @param folder where its files are, on a real disk; made if it is missing
   * @return the server, to be closed
   * @throws IOException if it cannot be started, or would not wait for the disk
   */
  public static Postgres start(Path folder) throws IOException {
    // It is made for tests and would turn both off.
    Postgres postgres = new Postgres(EmbeddedPostgres.builder()
        .setDataDirectory(folder)
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .start());
    try {
      postgres.require("fsync", "on");
      postgres.require("synchronous_commit", "on");
      return postgres;
    } catch (IOException failure) {
      postgres.close();
      throw failure;
    }
  }

  private void require(String setting, String value) throws IOException {
    String found = text("SHOW " + setting);
    if (!found.equals(value)) {
      throw new IOException(
          "PostgreSQL is measured with %s %s, not %s.".formatted(setting, value, found));
    }
  }

  /** {@return where it is, for JDBC} */
  public String url() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  /**
   * {@return connections to a server, to be closed}
   *
   * @param url as the server told it
   * @param connections how many at most
   */
  public static HikariDataSource pool(String url, int connections) {
    HikariConfig pool = new HikariConfig();
    pool.setJdbcUrl(url);
    pool.setMaximumPoolSize(connections);
    return new HikariDataSource(pool);
  }

  /**
   * Changes something.
   *
   * @param sql one statement or several
   * @throws IOException if that fails
   */
  public void execute(String sql) throws IOException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IOException("PostgreSQL refuses: " + sql, failure);
    }
  }

  /**
   * {@return how many rows a table has}
   *
   * @param table its name
   * @throws IOException if there is none of that name
   */
  public long count(String table) throws IOException {
    return Long.parseLong(text("SELECT count(*) FROM " + table));
  }

  /**
   * {@return what a query tells}
   *
   * @param query of one value
   * @throws IOException if that fails
   */
  public String text(String query) throws IOException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException failure) {
      throw new IOException("PostgreSQL refuses: " + query, failure);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
