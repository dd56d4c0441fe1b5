package dev.landfall.sink.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;

class AppendContractTest extends SinkContract {

  @Override
  protected JdbcTableSink openSink() {
    return into("customers").build();
  }

  @Override
  protected List<String> stored() throws SQLException {
    return rows("customers");
  }

  @Override
  protected byte[] content(int number) {
    return "ID,NAME\n%1$d-1,Fabrikam %1$d\n%1$d-2,Contoso %1$d\n"
        .formatted(number)
        .getBytes(StandardCharsets.UTF_8);
  }
}
