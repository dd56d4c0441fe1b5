package dev.landfall.sink.jdbc;

import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** H2 in memory, which lasts while the process does. */
final class H2 extends TestDatabase {

  H2() {
    super("H2");
  }

  @Override
  DataSource start() throws SQLException {
    String url = "jdbc:h2:mem:" + UUID.randomUUID();
    source(url + ";DB_CLOSE_DELAY=-1").getConnection().close();
    return source(url + ";IFEXISTS=TRUE");
  }

  private static DataSource source(String url) {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(url);
    return source;
  }

  @Override
  void empty() throws SQLException {
    Rows.execute(database(), "DROP ALL OBJECTS");
  }

  @Override
  void stop() throws SQLException {
    Rows.execute(database(), "SHUTDOWN");
  }
}
