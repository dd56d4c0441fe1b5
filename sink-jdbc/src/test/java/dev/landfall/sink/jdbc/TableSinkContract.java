package dev.landfall.sink.jdbc;

import dev.landfall.testkit.FileSinkContract;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

abstract class TableSinkContract extends FileSinkContract {

  abstract DataSource database();

  /** {@return whether rows are replaced by their key, rather than added} */
  abstract boolean upserts();

  @Override
  protected JdbcTableSink openSink() {
    JdbcTableSink.Builder customers = JdbcTableSink.into(database()).table("customers");
    return (upserts() ? customers.upsertBy("ID") : customers).build();
  }

  @Override
  protected List<String> stored() throws SQLException {
    return Rows.ofTable(database(), "customers");
  }

  @Override
  protected byte[] content(int number) {
    return "ID,NAME\n%1$d-1,Fabrikam %1$d\n%1$d-2,Contoso %1$d\n"
        .formatted(number)
        .getBytes(StandardCharsets.UTF_8);
  }
}
