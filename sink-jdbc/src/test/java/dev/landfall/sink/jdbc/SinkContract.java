package dev.landfall.sink.jdbc;

import dev.landfall.testkit.ExportedFiles;
import dev.landfall.testkit.FileSinkContract;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** What every sink must pass, in every database. */
@ParameterizedClass
@ArgumentsSource(EveryDatabase.class)
abstract class SinkContract extends FileSinkContract implements TableSinkCase {

  @Parameter
  @Nullable
  TestDatabase tested;

  @BeforeEach
  final void empty() throws IOException, SQLException {
    tested().empty();
  }

  @Override
  public final TestDatabase tested() {
    return Objects.requireNonNull(tested);
  }

  @Override
  public final ExportedFiles files() {
    return ExportedFiles.in(storage());
  }
}
