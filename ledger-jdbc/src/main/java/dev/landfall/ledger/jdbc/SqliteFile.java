package dev.landfall.ledger.jdbc;

import dev.landfall.spi.LedgerException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/** A SQLite file that nobody else has open as a ledger. */
final class SqliteFile implements Database {

  private static final Logger log = LoggerFactory.getLogger(SqliteFile.class);
  private static final int BUSY_MILLIS = 5_000;

  /** See {@link JdbcLedger} for why these. */
  private static final List<String> SETTINGS = List.of(
      "PRAGMA synchronous = NORMAL",
      "PRAGMA fullfsync = ON",
      "PRAGMA checkpoint_fullfsync = ON",
      "PRAGMA secure_delete = ON",
      "PRAGMA cache_size = -65536",
      // 64 MiB of log before it is moved: the keys of events are spread over their whole index, so
      // that each checkpoint of a large ledger writes about as many pages as there were landings.
      "PRAGMA wal_autocheckpoint = 16384");

  private final Path path;
  private final Connection lock;
  private final Connection connection;
  private @Nullable FileChannel wal;

  private SqliteFile(Path path, Connection lock, Connection connection) {
    this.path = path;
    this.lock = lock;
    this.connection = connection;
  }

  /**
   * Opens a file, which is created with its folder if it is not there.
   *
   * @param file where
   * @return the file, locked
   * @throws LedgerException if the file cannot be used now
   * @throws IllegalStateException if the file holds something else
   */
  static SqliteFile open(Path file) {
    Path path = locate(file);
    try {
      Connection lock = lock(path);
      try {
        return new SqliteFile(path, lock, connect(path));
      } catch (SQLException | RuntimeException failure) {
        close(lock, path);
        throw failure;
      }
    } catch (SQLException failure) {
      if (is(failure, SQLiteErrorCode.SQLITE_NOTADB)) {
        throw new IllegalStateException(
            "A ledger is a SQLite database; %s holds something else. Move it away or name another file."
                .formatted(path),
            failure);
      }
      throw failure("opened", path, failure);
    }
  }

  Connection connection() {
    return connection;
  }

  Schema schema() {
    return schema(path);
  }

  private static Schema schema(Path path) {
    return new Schema(Dialect.SQLITE, path.toString(), "LedgerSchema.sqlite(file)");
  }

  @Override
  public Dialect dialect() {
    return Dialect.SQLITE;
  }

  @Override
  public Connection connect() {
    return connection;
  }

  @Override
  public void disconnect(Connection ours) {
    // It lasts as long as the file is open.
  }

  /** Takes the right to write at once, so that it need not fail midway. */
  @Override
  public void begin(Statements statements) throws SQLException {
    statements.update("BEGIN IMMEDIATE");
  }

  @Override
  public void commit(Statements statements) throws SQLException {
    statements.update("COMMIT");
  }

  @Override
  public boolean lastsOnceCommitted() {
    return false;
  }

  /**
   * Syncs the log. SQLite itself syncs it before it moves anything out of it, and its header before
   * anything is written over what was moved; so nothing is missing but this, which it would do with
   * each commit. From the first commit on the log is one file while the connection is open.
   */
  @Override
  public void sync() {
    try {
      FileChannel log = wal;
      if (log == null) {
        Path file = path.resolveSibling(path.getFileName() + "-wal");
        log = FileChannel.open(file, StandardOpenOption.WRITE);
        wal = log;
      }
      log.force(false);
    } catch (IOException failure) {
      throw LedgerException.unavailable(
          "What was written to the ledger %s may not have reached its disk (%s), so nothing more is written. Check the disk and start the pipeline anew; nothing confirmed is lost, and senders are told to send the rest again."
              .formatted(path, failure),
          failure);
    }
  }

  @Override
  public boolean rollBack(Statements statements) {
    try {
      statements.update("ROLLBACK");
    } catch (SQLException nothingToRollBack) {
      log.debug("No transaction was left to roll back", nothingToRollBack);
    }
    return true;
  }

  @Override
  public LedgerException failure(Throwable cause) {
    return failure("read or written", path, cause);
  }

  private static LedgerException failure(String what, Path path, Throwable cause) {
    return LedgerException.unavailable(
        "The ledger %s cannot be %s: %s. %s"
            .formatted(path, what, cause.getMessage(), wayOut(cause)),
        cause);
  }

  private static String wayOut(Throwable cause) {
    if (!(cause instanceof SQLException refused)) {
      return "The cause tells more.";
    }
    return switch (code(refused)) {
      case SQLITE_FULL -> "Free space on its disk.";
      case SQLITE_BUSY, SQLITE_LOCKED -> "Another program keeps it locked; close that program.";
      case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM ->
        "Give this process the right to write the file and its folder, or name another file.";
      case SQLITE_IOERR -> "Check its disk.";
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
        "Its content is damaged; restore it from a copy, or move it away to start an empty one.";
      default -> "The cause tells more.";
    };
  }

  private static boolean is(SQLException failure, SQLiteErrorCode code) {
    return code(failure) == code;
  }

  /** The kind of failure, without the detail that SQLite keeps in the higher bits. */
  private static SQLiteErrorCode code(SQLException failure) {
    return SQLiteErrorCode.getErrorCode(failure.getErrorCode() & 0xff);
  }

  /** One file has one name here, whatever links lead to it, so that it is locked once. */
  private static Path locate(Path file) {
    Path path = file.toAbsolutePath();
    if (Files.isDirectory(path)) {
      throw new IllegalArgumentException(
          "A ledger is a file; %s is a folder. Name a file in it.".formatted(path));
    }
    try {
      if (Files.exists(path)) {
        return path.toRealPath();
      }
      Path folder = Objects.requireNonNull(path.getParent(), "the folder of a file");
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
      }
      return folder.toRealPath().resolve(path.getFileName());
    } catch (IOException failure) {
      throw LedgerException.unavailable(
          "The folder of the ledger %s cannot be created (%s). Give this process the right to write there, or name another file."
              .formatted(path, failure),
          failure);
    }
  }

  /**
   * Takes the lock that lasts until we close it or the process dies. It is SQLite's own, on a file
   * beside the ledger, because a lock by FileChannel is lost on many systems as soon as anybody in
   * the process opens and closes the same file once more.
   */
  private static Connection lock(Path path) throws SQLException {
    Connection lock = open(path.resolveSibling(path.getFileName() + ".lock"), 0);
    try {
      Dialect.execute(lock, "BEGIN EXCLUSIVE");
      return lock;
    } catch (SQLException refused) {
      close(lock, path);
      if (is(refused, SQLiteErrorCode.SQLITE_BUSY)) {
        throw LedgerException.unavailable(
            "A ledger file belongs to one pipeline at a time, and another has %s open. Close that one or name another file."
                .formatted(path),
            refused);
      }
      throw refused;
    }
  }

  private static Connection connect(Path path) throws SQLException {
    Connection connection = open(path, BUSY_MILLIS);
    try {
      // Refuses what is not ours before anything is changed in it.
      schema(path).version(connection);
      if (!"wal".equals(Dialect.text(connection, "PRAGMA journal_mode = WAL"))) {
        throw LedgerException.unavailable(
            "A ledger needs a disk on which SQLite can keep a write-ahead log; that of %s is none, as network drives are. Name a file on a local disk."
                .formatted(path),
            null);
      }
      for (String setting : SETTINGS) {
        Dialect.execute(connection, setting);
      }
      return connection;
    } catch (SQLException | RuntimeException failure) {
      close(connection, path);
      throw failure;
    }
  }

  private static Connection open(Path path, int busyMillis) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(busyMillis);
    // Nobody asks for them, and each insert would run a query more.
    config.setGetGeneratedKeys(false);
    // As a URI, so that no character of the path is taken for an option.
    return config.createConnection("jdbc:sqlite:" + path.toUri());
  }

  private static void close(Connection connection, Path path) {
    try {
      connection.close();
    } catch (SQLException failure) {
      log.warn("The ledger {} was not closed properly; nothing committed is lost", path, failure);
    }
  }

  /** Gives the file back; twice does no harm. */
  @Override
  public void close() {
    try {
      if (wal != null) {
        wal.close();
      }
    } catch (IOException failure) {
      log.debug("The log of the ledger {} was not closed properly", path, failure);
    }
    close(connection, path);
    close(lock, path);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
