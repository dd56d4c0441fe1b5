package dev.landfall.sink.jdbc;

import dev.landfall.spi.SinkException;
import java.nio.charset.StandardCharsets;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All that differs between the databases. */
// The fields are values, which the compiler's checks cannot see.
@SuppressWarnings("ImmutableEnumChecker")
enum Dialect {
  /** Source of the error codes: https://www.sqlite.org/rescode.html. */
  SQLITE(
      "SQLite",
      '"',
      "sqlite.sql",
      new SqlTypes("TEXT", "TEXT", "TEXT"),
      Upsert.ON_CONFLICT,
      Limits.ofColumns(2000),
      Failures.of("none", 5, 6, 7, 9, 10, 13, 14, 15)) {

    @Override
    void check(Connection connection, TableName table) throws SQLException {
      String schema = Objects.requireNonNullElse(table.schema(), "main");
      try (Statement statement = connection.createStatement();
          ResultSet databases = statement.executeQuery("PRAGMA database_list")) {
        while (databases.next()) {
          String file = databases.getString("file");
          if (schema.equalsIgnoreCase(databases.getString("name"))
              && (file == null || file.isEmpty())) {
            throw SinkException.rejected(
                "A stored file survives the end of the process, and an SQLite database in"
                    + " memory does"
                    + " not. Give a DataSource of a database file, jdbc:sqlite:exports.db for"
                    + " example.",
                null);
          }
        }
      }
    }

    /**
     * Busy, locked, out of memory, interrupted, I/O error, disk full, cannot open, lock protocol;
     * extended codes add to the higher bytes.
     */
    @Override
    boolean maySucceedLater(SQLException failure) {
      return failures().codes().contains(failure.getErrorCode() & 0xFF);
    }

    @Override
    boolean saysMissing(SQLException failure) {
      return String.valueOf(failure.getMessage()).contains("no such table");
    }

    @Override
    boolean saysDuplicate(SQLException failure) {
      return (failure.getErrorCode() & 0xFF) == 19;
    }

    @Override
    boolean lacksUniqueIndex(SQLException failure) {
      return String.valueOf(failure.getMessage()).contains("ON CONFLICT clause does not match");
    }

    /** What is declared bounds nothing. */
    @Override
    int sqlType(int told, String name) {
      return told == Types.INTEGER || told == Types.SMALLINT || told == Types.TINYINT
          ? Types.BIGINT
          : told;
    }

    /** It has neither dates nor truth values, and says nothing of what it is given instead. */
    @Override
    boolean keepsTimesAsText() {
      return true;
    }

    @Override
    boolean keepsLengths() {
      return false;
    }
  },

  /**
   * Source of the states: PostgreSQL, appendix A, error codes. Classes: connection, transaction
   * rollback, resources, operator intervention, system. Besides an object in use, a lock that is
   * not available, and a server that is read-only, as a standby is until it takes over.
   */
  POSTGRESQL(
      "PostgreSQL",
      '"',
      "postgresql.sql",
      new SqlTypes("text", "text", "timestamp with time zone"),
      Upsert.ON_CONFLICT,
      new Limits(1600, 63),
      Failures.of("(08|40|53|57|58).*|55006|55P03|25006")) {

    @Override
    void check(Connection connection, TableName table) {
      checkName("table", table.name());
    }

    @Override
    boolean saysMissing(SQLException failure) {
      return "42P01".equals(failure.getSQLState());
    }

    @Override
    boolean lacksUniqueIndex(SQLException failure) {
      return "42P10".equals(failure.getSQLState());
    }

    /** What is neither text nor a type of JDBC's is made of a text by the server. */
    @Override
    void bind(PreparedStatement statement, int at, @Nullable Object value, ColumnType type)
        throws SQLException {
      if (value instanceof String && type.sqlType() == Types.OTHER) {
        statement.setObject(at, value, Types.OTHER);
      } else {
        super.bind(statement, at, value, type);
      }
    }

    /** Its driver tells times with and without a zone apart by name alone, and bits from truth. */
    @Override
    int sqlType(int told, String name) {
      return switch (name) {
        case "timestamptz" -> Types.TIMESTAMP_WITH_TIMEZONE;
        case "bit", "timetz", "money" -> Types.OTHER;
        case "citext" -> Types.VARCHAR;
        default -> told;
      };
    }

    @Override
    boolean takesNul() {
      return false;
    }
  },

  /**
   * Source of the codes: https://mariadb.com/kb/en/mariadb-error-code-reference/. Changed by
   * another, disk full, too many connections, shutdown, table full, lock wait, deadlock, read-only,
   * killed. Texts are compared letter by letter in tables that are created, blanks at the end too.
   */
  MARIADB(
      "MariaDB",
      '`',
      "mariadb.sql",
      new SqlTypes(
          "LONGTEXT", "VARCHAR(%d) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin", "DATETIME(6)"),
      Upsert.ON_DUPLICATE_KEY,
      new Limits(1017, 64),
      Failures.of(
          "(08|40).*", 1020, 1021, 1040, 1053, 1077, 1079, 1114, 1205, 1213, 1290, 1836, 1927)),

  /** Not run here: as MariaDB, but for a collation that is called otherwise. */
  MYSQL(
      "MySQL",
      '`',
      "mysql.sql",
      new SqlTypes(
          "LONGTEXT", "VARCHAR(%d) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin", "DATETIME(6)"),
      Upsert.ON_DUPLICATE_KEY,
      new Limits(1017, 64),
      MARIADB.failures()),

  /**
   * Source of the codes: https://h2database.com/javadoc/org/h2/api/ErrorCode.html. Lock time-out,
   * changed by another, closed, connection broken, database closed, closing.
   */
  H2(
      "H2",
      '"',
      "h2.sql",
      new SqlTypes("VARCHAR", "VARCHAR", "TIMESTAMP(6) WITH TIME ZONE"),
      Upsert.UPDATE_THEN_INSERT,
      Limits.ofColumns(16_384),
      Failures.usualAnd(50200, 90131, 90007, 90067, 90098, 90121)),

  /**
   * Not run here. Sources: Microsoft, T-SQL MERGE; "Transient connection errors" of Azure SQL,
   * which moves databases and is busy at times; lock time-out.
   */
  SQL_SERVER(
      "Microsoft SQL Server",
      '"',
      "sqlserver.sql",
      new SqlTypes(
          "NVARCHAR(MAX)", "NVARCHAR(%d) COLLATE Latin1_General_100_BIN2", "DATETIMEOFFSET(6)"),
      Upsert.MERGE_VALUES,
      new Limits(1024, 128),
      Failures.usualAnd(1205, 1222, 4060, 10928, 10929, 40197, 40501, 40613, 49918, 49919, 49920)) {

    /** Its driver has a state of its own for it. */
    @Override
    boolean saysMissing(SQLException failure) {
      return failure.getErrorCode() == 208;
    }

    /** {@code microsoft.sql.Types.DATETIMEOFFSET} */
    @Override
    int sqlType(int told, String name) {
      return told == -155 ? Types.TIMESTAMP_WITH_TIMEZONE : told;
    }
  },

  /**
   * Not run here. Sources: Oracle, SQL Language Reference, MERGE; Database Error Messages: busy,
   * deadlock, starting, stopping, connection lost, cannot serialize.
   */
  ORACLE(
      "Oracle",
      '"',
      "oracle.sql",
      new SqlTypes("VARCHAR2(4000)", "VARCHAR2(%d CHAR)", "TIMESTAMP(6) WITH TIME ZONE"),
      Upsert.MERGE_DUAL,
      new Limits(1000, 128),
      Failures.usualAnd(54, 60, 1033, 1034, 1089, 3113, 3114, 3135, 8177, 12514, 12541)) {

    /** {@code oracle.jdbc.OracleTypes}: TIMESTAMPTZ, BINARY_FLOAT, BINARY_DOUBLE. */
    @Override
    int sqlType(int told, String name) {
      return switch (told) {
        case -101 -> Types.TIMESTAMP_WITH_TIMEZONE;
        case 100 -> Types.REAL;
        case 101 -> Types.DOUBLE;
        default -> told;
      };
    }
  },

  /** Any other database that JDBC knows, by plain SQL. */
  OTHER(
      "The database",
      '"',
      "standard.sql",
      new SqlTypes("VARCHAR(32000)", "VARCHAR(%d)", "TIMESTAMP(6)"),
      Upsert.UPDATE_THEN_INSERT,
      Limits.ofColumns(Integer.MAX_VALUE),
      Failures.usualAnd());

  private final String product;
  private final String quote;
  private final String resource;
  private final SqlTypes types;
  private final Upsert upsert;
  private final Limits limits;
  private final Failures failures;

  Dialect(
      String product,
      char quote,
      String resource,
      SqlTypes types,
      Upsert upsert,
      Limits limits,
      Failures failures) {
    this.product = product;
    this.quote = String.valueOf(quote);
    this.resource = resource;
    this.types = types;
    this.upsert = upsert;
    this.limits = limits;
    this.failures = failures;
  }

  static Dialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return Arrays.stream(values())
        .filter(dialect -> dialect.product.equals(product))
        .findFirst()
        .orElse(OTHER);
  }

  /** Refuses a place that no file can be stored in. */
  void check(Connection connection, TableName table) throws SQLException {}

  /** {@return whether a failure is one of the moment} */
  boolean maySucceedLater(SQLException failure) {
    return !isTooLargeInMySql(failure) && failures.havePassing(failure);
  }

  /** {@return whether a failure tells more than what it was caused by} */
  boolean saysWhatIsWrong(SQLException failure) {
    return isTooLargeInMySql(failure)
        || (failure.getSQLState() != null && !(failure instanceof BatchUpdateException));
  }

  Failures failures() {
    return failures;
  }

  /**
   * {@return whether a failure may mean that there is no such table}; if it means another thing,
   * creating the table will tell
   */
  boolean saysMissing(SQLException failure) {
    return String.valueOf(failure.getSQLState()).startsWith("42");
  }

  /** {@return whether a failure means that a row of this key is there} */
  boolean saysDuplicate(SQLException failure) {
    return String.valueOf(failure.getSQLState()).startsWith("23");
  }

  /** {@return whether an upsert failed because no unique index is over its key columns} */
  boolean lacksUniqueIndex(SQLException failure) {
    return false;
  }

  /**
   * {@return the type of a column}
   *
   * @param told by the driver, of {@link Types}
   * @param name that the database has for it
   */
  int sqlType(int told, String name) {
    // A year is a number, which drivers call a date.
    return isMySql() && name.equalsIgnoreCase("YEAR") ? Types.SMALLINT : told;
  }

  /** {@return whether a text may have the NUL character} */
  boolean takesNul() {
    return true;
  }

  /** {@return whether times and dates are texts of ISO 8601, and truth values are numbers} */
  boolean keepsTimesAsText() {
    return false;
  }

  /** {@return whether a text that is longer than its column is refused} */
  boolean keepsLengths() {
    return true;
  }

  /** {@return whether it is MySQL or descends from it} */
  boolean isMySql() {
    return upsert == Upsert.ON_DUPLICATE_KEY;
  }

  /** {@return whether it may be within this process, with nobody else to keep order} */
  boolean isInProcess() {
    return this == H2 || this == OTHER;
  }

  /** {@return whether its driver has schemas as catalogs} */
  boolean callsSchemasCatalogs() {
    return isMySql();
  }

  /** Sets a parameter of a statement. */
  void bind(PreparedStatement statement, int at, @Nullable Object value, ColumnType type)
      throws SQLException {
    if (value == null) {
      statement.setNull(at, type.sqlType());
    } else if (value instanceof String text) {
      statement.setString(at, text);
    } else {
      statement.setObject(at, keepsTimesAsText() ? ColumnType.asText(value) : value);
    }
  }

  Upsert upsert() {
    return upsert;
  }

  /** {@return the file of the statements that create our own tables} */
  String resource() {
    return resource;
  }

  /** {@return the types of columns that are created} */
  SqlTypes types() {
    return types;
  }

  /** {@return what a column takes that is created for a time} */
  ColumnType timeColumn() {
    int sqlType = types.haveZone()
        ? Types.TIMESTAMP_WITH_TIMEZONE
        : keepsTimesAsText() ? Types.VARCHAR : Types.TIMESTAMP;
    return ColumnType.of(this, sqlType, 0, 0);
  }

  /** {@return an identifier as the database quotes it, which keeps any character and its case} */
  String quoted(String identifier) {
    return quote + identifier.replace(quote, quote + quote) + quote;
  }

  String quoted(List<String> identifiers) {
    return identifiers.stream().map(this::quoted).collect(Collectors.joining(", "));
  }

  /** {@return how a table is written in SQL} */
  String quoted(TableName table) {
    String schema = table.schema();
    return schema == null ? quoted(table.name()) : quoted(schema) + "." + quoted(table.name());
  }

  /** Refuses a name that the database would cut. */
  void checkName(String kind, String name) {
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    if (length > limits.nameBytes()) {
      throw SinkException.rejected(
          ("The name of a %s in %s has at most %d bytes; '%s' has %d. Rename it in the export"
                  + " or the route.")
              .formatted(kind, product, limits.nameBytes(), name, length),
          null);
    }
  }

  void checkColumnCount(int count) {
    if (count > limits.columns()) {
      throw SinkException.rejected(
          "A table in %s has at most %d columns; this file needs %d. Leave fields out."
              .formatted(product, limits.columns(), count),
          null);
    }
  }

  /**
   * {@return the failure as the pipeline wants it}
   *
   * @param doing what was tried, as in "while ..."
   */
  SinkException failed(String doing, SQLException thrown) {
    return Failures.told(this, doing, thrown);
  }

  @Override
  public String toString() {
    return product;
  }

  /** It is too large at any time, and costs the connection besides. */
  private boolean isTooLargeInMySql(SQLException failure) {
    return isMySql()
        && (failure.getErrorCode() == 1153
            || String.valueOf(failure.getMessage()).contains("max_allowed_packet"));
  }
}
