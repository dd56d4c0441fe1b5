package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.spi.FileSink;
import dev.landfall.testkit.simulation.Explored;
import dev.landfall.testkit.simulation.Simulation;
import dev.landfall.testkit.simulation.SinkUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteDataSource;

/** No row twice and none lost, whatever happens around the sink. */
class TableSinkSimulationTest {

  private record Table(boolean upserts) implements SinkUnderTest {

    private static DataSource database(Path storage) {
      SQLiteDataSource database = new SQLiteDataSource();
      database.setUrl("jdbc:sqlite:" + storage.resolve("rows.db"));
      return database;
    }

    @Override
    public FileSink open(Path storage) {
      JdbcTableSinkBuilder table = JdbcTableSink.into(database(storage)).table("rows");
      return (upserts ? table.upsertBy("ID") : table).build();
    }

    @Override
    public List<String> stored(Path storage) throws SQLException {
      return Files.exists(storage.resolve("rows.db"))
          ? Rows.ofTable(database(storage), "rows").stream()
              .map(row -> upserts ? row.substring(0, row.lastIndexOf('|')) : row)
              .map(row -> row.replace('|', ','))
              .toList()
          : List.of();
    }
  }

  private static void assertStoresOnce(boolean upserts) {
    Explored explored = Simulation.of(new Table(upserts)).runs(100).run();
    assertTrue(explored.times("landing STORED") > 100, explored::toString);
  }

  @Test
  void rowsAreAddedOnceWhateverHappens() {
    assertStoresOnce(false);
  }

  @Test
  void rowsAreReplacedByTheirKeyWhateverHappens() {
    assertStoresOnce(true);
  }
}
