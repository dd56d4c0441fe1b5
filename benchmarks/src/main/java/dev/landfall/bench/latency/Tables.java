package dev.landfall.bench.latency;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The database that every subject lands rows in. */
final class Tables {

  private static final int BUSY_MILLIS = 60_000;
  /** SQLite writes for one at a time; a second connection would poll for its turn. */
  private static final int CONNECTIONS = 1;

  private Tables() {}

  /** {@return a pool; with {@code FULL} every commit waits for the disk, with {@code OFF} none} */
  static HikariDataSource in(Path file, SQLiteConfig.SynchronousMode synchronous) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(synchronous);
    config.setBusyTimeout(BUSY_MILLIS);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    HikariConfig pool = new HikariConfig();
    pool.setDataSource(source);
    pool.setMaximumPoolSize(CONNECTIONS);
    return new HikariDataSource(pool);
  }
}
