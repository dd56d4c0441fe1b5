package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.file.ExportedFile;
import dev.landfall.spi.SinkException;
import dev.landfall.testkit.ExportedFiles;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that ends a connection, of which its driver tells as of a bad batch. */
class MariaDbCutTest implements TableSinkCase {

  @TempDir
  Path folder;

  @RegisterExtension
  static final MariaDb MARIADB = new MariaDb();

  @Override
  public TestDatabase tested() {
    return MARIADB;
  }

  @Override
  public ExportedFiles files() {
    return ExportedFiles.in(folder);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 1500})
  void aConnectionThatEndsBeforeABatchIsTriedAgainLater(int line) throws Exception {
    appending("groups").store(csv("before", "ID,NAME\nx,old\n"));
    JdbcTableSink sink =
        into("groups").format(new CutText(line, MariaDbCutTest::end)).build();
    ExportedFile file = csv("large", "ID,NAME\n" + "1,new\n".repeat(2500));
    SinkException cut = assertThrows(SinkException.class, () -> sink.store(file));
    assertTrue(cut.retryable(), cut::getMessage);
    assertEquals(List.of("x|old"), rows("groups"));
    assertEquals(List.of("before"), own("landfall_load", "event_id"));
    assertEquals(2500L, sink.store(file).recordCount());
    assertEquals(2501, rows("groups").size());
  }

  private static void end() throws SQLException {
    String others = "SELECT id FROM information_schema.processlist"
        + " WHERE db = DATABASE() AND id <> CONNECTION_ID()";
    for (String id : Rows.of(MARIADB.database(), others)) {
      Rows.execute(MARIADB.database(), "KILL " + id);
    }
  }
}
