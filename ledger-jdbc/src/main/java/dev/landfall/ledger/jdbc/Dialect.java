package dev.landfall.ledger.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All that differs between the databases. */
enum Dialect {
  SQLITE("SQLite", 3, 0, "sqlite.sql", "") {
    @Override
    void prepare(Connection connection) {
      // A file has settings of its own.
    }
  },

  /** Repeats after serialization failures, deadlocks, and keys that another has just written. */
  POSTGRESQL("PostgreSQL", 10, 0, "postgresql.sql", "40001|40P01|23505") {
    @Override
    void prepare(Connection connection) throws SQLException {
      execute(connection, "SET lock_timeout = '5s'");
      execute(connection, "SET idle_in_transaction_session_timeout = '60s'");
      if (text(connection, "SHOW synchronous_commit").equals("off")) {
        execute(connection, "SET synchronous_commit = on");
      }
    }

    @Override
    List<String> doubts(Connection connection) throws SQLException {
      List<String> doubts = new ArrayList<>();
      for (String setting : List.of("fsync", "full_page_writes")) {
        if (text(connection, "SHOW " + setting).equals("off")) {
          doubts.add(setting + " is off; set it to on");
        }
      }
      return doubts;
    }
  },

  /** Repeats after deadlocks, and keys that another has just written. */
  MARIADB("MariaDB", 10, 6, "mariadb.sql", "1213|1062") {
    @Override
    void prepare(Connection connection) throws SQLException {
      execute(connection, "SET SESSION innodb_lock_wait_timeout = 5");
      execute(connection, "SET SESSION idle_write_transaction_timeout = 60");
    }

    @Override
    List<String> doubts(Connection connection) throws SQLException {
      return innoDbDoubts(connection);
    }
  },

  /** As MariaDB, but for a time-out that it lacks. */
  MYSQL("MySQL", 8, 0, "mariadb.sql", "1213|1062") {
    @Override
    void prepare(Connection connection) throws SQLException {
      execute(connection, "SET SESSION innodb_lock_wait_timeout = 5");
    }

    @Override
    List<String> doubts(Connection connection) throws SQLException {
      return innoDbDoubts(connection);
    }
  },

  /** Repeats after deadlocks, rows that another has just changed, and keys. */
  H2("H2", 2, 2, "h2.sql", "40001|90131|23505") {
    @Override
    void prepare(Connection connection) throws SQLException {
      execute(connection, "SET LOCK_TIMEOUT 5000");
    }
  };

  /** Any number that nothing else uses; these are the letters of "landfall". */
  private static final long SCHEMA_LOCK = 0x6C616E6466616C6CL;

  private final String product;
  private final int major;
  private final int minor;
  private final String resource;
  private final String repeatable;

  Dialect(String product, int major, int minor, String resource, String repeatable) {
    this.product = product;
    this.major = major;
    this.minor = minor;
    this.resource = resource;
    this.repeatable = repeatable;
  }

  /**
   * {@return the dialect of a server}
   *
   * @throws IllegalArgumentException if the ledger cannot be kept in this database
   */
  static Dialect of(Connection connection) throws SQLException {
    DatabaseMetaData database = connection.getMetaData();
    String product = database.getDatabaseProductName();
    Dialect dialect = Arrays.stream(values())
        .filter(known -> known.product.equals(product))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "A ledger is kept in PostgreSQL, MariaDB, MySQL or H2, or in a SQLite file; this database is %s. Give a DataSource of one of these, or use JdbcLedger.sqlite(Path)."
                .formatted(product)));
    int major = database.getDatabaseMajorVersion();
    int minor = database.getDatabaseMinorVersion();
    if (dialect == SQLITE) {
      throw new IllegalArgumentException(
          "A SQLite file belongs to one pipeline, which opens it itself; use JdbcLedger.sqlite(Path) instead of a DataSource.");
    }
    if (major < dialect.major || (major == dialect.major && minor < dialect.minor)) {
      throw new IllegalArgumentException(
          "A ledger needs %s %d.%d or newer, which can skip locked rows; this server is %d.%d."
              .formatted(product, dialect.major, dialect.minor, major, minor));
    }
    return dialect;
  }

  /** {@return the file with the tables, in this package} */
  String resource() {
    return resource;
  }

  /** {@return the version of the tables that is needed} */
  int schema() {
    return this == SQLITE ? 3 : 2;
  }

  /** {@return whether other instances may work on the same tables} */
  boolean isShared() {
    return this != SQLITE;
  }

  /** {@return what keeps others from changing the tables at the same time} */
  String beginChange() {
    return switch (this) {
      case SQLITE -> "BEGIN IMMEDIATE";
      case POSTGRESQL -> "SELECT pg_advisory_lock(" + SCHEMA_LOCK + ")";
      case MARIADB, MYSQL -> "SELECT GET_LOCK('landfall_schema', 60)";
      case H2 -> "SELECT 1";
    };
  }

  /** {@return what lets others change them again} */
  String endChange(boolean done) {
    return switch (this) {
      case SQLITE -> done ? "COMMIT" : "ROLLBACK";
      case POSTGRESQL -> "SELECT pg_advisory_unlock(" + SCHEMA_LOCK + ")";
      case MARIADB, MYSQL -> "SELECT RELEASE_LOCK('landfall_schema')";
      case H2 -> "SELECT 1";
    };
  }

  /** {@return the end of a query whose rows are to stay as they are until the transaction ends} */
  String locking() {
    return isShared() ? " FOR UPDATE" : "";
  }

  /** {@return the same, for rows that nobody else has locked} */
  String skippingLocked() {
    return isShared() ? " FOR UPDATE SKIP LOCKED" : "";
  }

  /**
   * Makes a connection ours: nothing on it waits long for other instances, no instance that is cut
   * off keeps locks for long, and commits survive a power cut as far as a connection can say so.
   */
  abstract void prepare(Connection connection) throws SQLException;

  /** {@return what else speaks against that a commit survives a power cut, and the way out} */
  List<String> doubts(Connection connection) throws SQLException {
    return List.of();
  }

  /** {@return whether a transaction failed for no fault of its own and can be run again at once} */
  boolean mayBeRepeated(Throwable failure) {
    return failure instanceof SQLException refused
        && (String.valueOf(refused.getSQLState()).matches(repeatable)
            || Integer.toString(refused.getErrorCode()).matches(repeatable));
  }

  private static List<String> innoDbDoubts(Connection connection) throws SQLException {
    String flush = text(connection, "SELECT @@GLOBAL.innodb_flush_log_at_trx_commit");
    return flush.equals("1")
        ? List.of()
        : List.of("innodb_flush_log_at_trx_commit is " + flush + "; set it to 1");
  }

  /** {@return its name} */
  @Override
  public String toString() {
    return product;
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }
}
