package dev.landfall.sink.jdbc;

import dev.landfall.testkit.ExportedFiles;
import dev.landfall.testkit.FileSinkContract;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** What the sink does in every database; the test of one extends it and switches nothing off. */
abstract class TableSinkTest
    implements AppendCases,
        UpsertCases,
        OrderCases,
        ValueCases,
        SchemaCases,
        RefusalCases,
        CutCases {

  @TempDir
  Path folder;

  @Override
  public final ExportedFiles files() {
    return ExportedFiles.in(folder);
  }

  @Nested
  class Appending extends TableSinkContract {

    @Override
    JdbcTableSink openSink(JdbcTableSinkBuilder customers) {
      return customers.build();
    }
  }

  @Nested
  class Upserting extends TableSinkContract {

    @Override
    JdbcTableSink openSink(JdbcTableSinkBuilder customers) {
      return customers.upsertBy("ID").build();
    }
  }

  /** What every sink must pass, for one of the ways. */
  abstract class TableSinkContract extends FileSinkContract {

    abstract JdbcTableSink openSink(JdbcTableSinkBuilder customers);

    @Override
    protected final JdbcTableSink openSink() {
      return openSink(into("customers"));
    }

    @Override
    protected final List<String> stored() throws SQLException {
      return rows("customers");
    }

    @Override
    protected final byte[] content(int number) {
      return "ID,NAME\n%1$d-1,Fabrikam %1$d\n%1$d-2,Contoso %1$d\n"
          .formatted(number)
          .getBytes(StandardCharsets.UTF_8);
    }
  }
}
