package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.file.ExportedFile;
import dev.landfall.spi.SinkException;
import dev.landfall.testkit.ExportedFiles;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteDataSource;

class SqliteTableSinkTest implements TableSinkCase {

  @TempDir
  Path folder;

  @RegisterExtension
  static final Sqlite SQLITE = new Sqlite();

  @Override
  public TestDatabase tested() {
    return SQLITE;
  }

  @Override
  public ExportedFiles files() {
    return ExportedFiles.in(folder);
  }

  private static SQLiteDataSource database(String url) {
    SQLiteDataSource database = new SQLiteDataSource();
    database.setUrl(url);
    return database;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:sqlite::memory:",
        "jdbc:sqlite:file:rows?mode=memory&cache=shared",
        "jdbc:sqlite:"
      })
  void aDatabaseThatEndsWithTheProcessIsRefused(String url) throws Exception {
    assertRefused(
        JdbcTableSink.into(database(url)).table("groups").build(),
        csv("1", "ID\n1\n"),
        "A stored file survives the end of the process, and an SQLite database in memory does not."
            + " Give a DataSource of a database file, jdbc:sqlite:exports.db for example.");
  }

  @Test
  void aSchemaIsTheNameOfAnOpenDatabase() throws Exception {
    appending("main.groups").store(csv("1", "ID\n1\n"));
    appending("main.groups").store(csv("2", "id\n2\n"));
    assertEquals(List.of("1", "2"), Rows.ofTable(database(), "groups"));
  }

  @Test
  void aDatabaseThatSomebodyElseWritesIsTriedAgainLater() throws Exception {
    SQLiteDataSource impatient = database("jdbc:sqlite:" + SQLITE.file());
    impatient.getConfig().setBusyTimeout(1);
    JdbcTableSink sink = JdbcTableSink.into(impatient).table("groups").build();
    ExportedFile file = csv("1", "ID\n1\n");
    appending("groups").store(csv("0", "ID\n0\n"));
    try (Connection other = database().getConnection();
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      SinkException busy = assertThrows(SinkException.class, () -> sink.store(file));
      assertTrue(busy.retryable());
      assertTrue(
          busy.getMessage().startsWith("SQLite is busy or gone while storing"), busy.getMessage());
    }
    sink.store(file);
    assertEquals(List.of("0", "1"), Rows.ofTable(database(), "groups"));
  }

  @Test
  void aFolderThatIsNotThereIsTriedAgainLater() throws Exception {
    JdbcTableSink sink = JdbcTableSink.into(database("jdbc:sqlite:" + folder.resolve("no/rows.db")))
        .table("groups")
        .build();
    ExportedFile file = csv("1", "ID\n1\n");
    SinkException unreachable = assertThrows(SinkException.class, () -> sink.store(file));
    assertTrue(unreachable.retryable());
    assertFalse(unreachable.getMessage().contains(folder.toString()));
  }
}
