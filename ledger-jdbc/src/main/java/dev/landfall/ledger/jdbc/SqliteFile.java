package dev.landfall.ledger.jdbc;

import dev.landfall.spi.LedgerException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/** A SQLite file that holds a ledger and that nobody else has open as one. */
final class SqliteFile implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SqliteFile.class);
  /** "LAND" in ASCII, kept in the file's header to tell our files from others. */
  private static final int APPLICATION = 0x4c414e44;

  private static final int SCHEMA = 1;
  private static final int BUSY_MILLIS = 5_000;

  /** See {@link JdbcLedger} for why these. */
  private static final List<String> SETTINGS = List.of(
      "PRAGMA synchronous = FULL",
      "PRAGMA fullfsync = ON",
      "PRAGMA checkpoint_fullfsync = ON",
      "PRAGMA secure_delete = ON",
      "PRAGMA cache_size = -32768");

  private final Path path;
  private final Connection lock;
  private final Connection connection;

  private SqliteFile(Path path, Connection lock, Connection connection) {
    this.path = path;
    this.lock = lock;
    this.connection = connection;
  }

  /**
   * Opens a file, which is created with its folder if it is not there.
   *
   * @param file where
   * @return the file, locked and with a schema
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

  /**
   * {@return what to tell the caller of an operation that failed}
   *
   * @param cause why
   */
  LedgerException failure(Throwable cause) {
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
      execute(lock, "BEGIN EXCLUSIVE");
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
      boolean empty = isEmpty(connection, path);
      if (!"wal".equals(text(connection, "PRAGMA journal_mode = WAL"))) {
        throw LedgerException.unavailable(
            "A ledger needs a disk on which SQLite can keep a write-ahead log; that of %s is none, as network drives are. Name a file on a local disk."
                .formatted(path),
            null);
      }
      for (String setting : SETTINGS) {
        execute(connection, setting);
      }
      if (empty) {
        createSchema(connection);
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
    // As a URI, so that no character of the path is taken for an option.
    return config.createConnection("jdbc:sqlite:" + path.toUri());
  }

  /** Tells whether the file is new; refuses what is not ours before anything is changed in it. */
  private static boolean isEmpty(Connection connection, Path path) throws SQLException {
    if ("0".equals(text(connection, "SELECT count(*) FROM sqlite_schema"))) {
      return true;
    }
    if (!Integer.toString(APPLICATION).equals(text(connection, "PRAGMA application_id"))) {
      throw new IllegalStateException(
          "A ledger has a file of its own; %s is the database of another application. Name another file."
              .formatted(path));
    }
    String schema = text(connection, "PRAGMA user_version");
    if (!Integer.toString(SCHEMA).equals(schema)) {
      throw new IllegalStateException(
          "This version of Landfall reads ledgers of schema %d; %s has schema %s. Use the version that wrote it, or name another file."
              .formatted(SCHEMA, path, schema));
    }
    return false;
  }

  private static void createSchema(Connection connection) throws SQLException {
    execute(connection, "BEGIN IMMEDIATE");
    execute(connection, schema());
    execute(connection, "PRAGMA application_id = " + APPLICATION);
    execute(connection, "PRAGMA user_version = " + SCHEMA);
    execute(connection, "COMMIT");
  }

  private static String schema() {
    try (InputStream sql =
        Objects.requireNonNull(SqliteFile.class.getResourceAsStream("sqlite.sql"), "sqlite.sql")) {
      return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new IllegalStateException("The schema cannot be read from the jar.", broken);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getString(1) : "";
    }
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
    close(connection, path);
    close(lock, path);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
