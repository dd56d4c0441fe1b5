package dev.landfall.sink.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteDataSource;

/** A file of SQLite. */
final class Sqlite extends TestDatabase {

  private @Nullable Path folder;

  Sqlite() {
    super("SQLite");
  }

  @Override
  DataSource start() throws IOException {
    folder = Files.createTempDirectory("sqlite");
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + file());
    return source;
  }

  Path file() {
    return Objects.requireNonNull(folder).resolve("rows.db");
  }

  @Override
  void empty() throws IOException {
    for (String part : new String[] {"", "-journal", "-wal", "-shm"}) {
      Files.deleteIfExists(file().resolveSibling("rows.db" + part));
    }
  }

  @Override
  void stop() throws IOException {
    empty();
    Files.delete(Objects.requireNonNull(folder));
  }
}
