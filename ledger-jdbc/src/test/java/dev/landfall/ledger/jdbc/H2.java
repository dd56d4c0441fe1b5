package dev.landfall.ledger.jdbc;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.extension.ExtensionContext;

/** H2 in memory. */
final class H2 extends TestServer {

  @Override
  DataSource start(ExtensionContext context) {
    JdbcDataSource dataSource = new JdbcDataSource();
    dataSource.setURL("jdbc:h2:mem:ledger;DB_CLOSE_DELAY=-1");
    return dataSource;
  }
}
