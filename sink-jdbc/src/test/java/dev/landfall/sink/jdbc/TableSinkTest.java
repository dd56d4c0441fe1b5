package dev.landfall.sink.jdbc;

import dev.landfall.testkit.ExportedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** What the sink does in every database. */
@ParameterizedClass
@ArgumentsSource(EveryDatabase.class)
class TableSinkTest
    implements AppendCases,
        UpsertCases,
        OrderCases,
        ValueCases,
        SchemaCases,
        RefusalCases,
        CutCases,
        AtOnceCases,
        FitCases,
        FormatCases,
        ForeignCases,
        HostileCases {

  @TempDir
  Path folder;

  @Parameter
  @Nullable
  TestDatabase tested;

  @BeforeEach
  void empty() throws IOException, SQLException {
    tested().empty();
  }

  @Override
  public TestDatabase tested() {
    return Objects.requireNonNull(tested);
  }

  @Override
  public ExportedFiles files() {
    return ExportedFiles.in(folder);
  }
}
