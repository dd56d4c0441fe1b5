package dev.landfall.sink.jdbc;

import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.hsqldb.jdbc.JDBCDataSource;

/** HSQLDB in memory; stands for any database that the sink does not know. */
final class Hsqldb extends TestDatabase {

  Hsqldb() {
    super("HSQL Database Engine");
  }

  @Override
  DataSource start() throws SQLException {
    String url = "jdbc:hsqldb:mem:" + UUID.randomUUID();
    source(url).getConnection().close();
    return source(url + ";ifexists=true");
  }

  private static DataSource source(String url) {
    JDBCDataSource source = new JDBCDataSource();
    source.setURL(url);
    return source;
  }

  @Override
  void empty() throws SQLException {
    // It is there again at once, without what was in it.
    Rows.execute(database(), "DROP SCHEMA PUBLIC CASCADE");
  }

  @Override
  void stop() throws SQLException {
    Rows.execute(database(), "SHUTDOWN");
  }
}
