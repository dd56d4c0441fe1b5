package dev.landfall.sink.jdbc;

import dev.landfall.spi.SinkException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All that differs between the databases. */
enum Dialect {
  /** Source of the error codes: https://www.sqlite.org/rescode.html. */
  SQLITE("SQLite", '"', "sqlite.sql", "TEXT", "TEXT", "TEXT", Upsert.ON_CONFLICT) {

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
      return Set.of(5, 6, 7, 9, 10, 13, 14, 15).contains(failure.getErrorCode() & 0xFF);
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

    @Override
    int mostColumns() {
      return 2000;
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

  /** Source of the states: PostgreSQL, appendix A, error codes. */
  POSTGRESQL(
      "PostgreSQL",
      '"',
      "postgresql.sql",
      "text",
      "text",
      "timestamp with time zone",
      Upsert.ON_CONFLICT) {

    @Override
    void check(Connection connection, TableName table) {
      checkName("table", table.name());
    }

    /**
     * Classes: connection, transaction rollback, resources, object in use, operator intervention,
     * system. Besides a server that is read-only, as a standby is until it takes over.
     */
    @Override
    boolean maySucceedLater(SQLException failure) {
      return String.valueOf(failure.getSQLState()).matches("(08|40|53|55|57|58).*|25006");
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
        default -> told;
      };
    }

    @Override
    int longestName() {
      return 63;
    }

    @Override
    int mostColumns() {
      return 1600;
    }

    @Override
    boolean takesNul() {
      return false;
    }
  },

  /**
   * Source of the codes: https://mariadb.com/kb/en/mariadb-error-code-reference/. Texts are
   * compared letter by letter in tables that are created, blanks at the end too.
   */
  MARIADB(
      "MariaDB",
      '`',
      "mariadb.sql",
      "LONGTEXT",
      "VARCHAR(%d) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin",
      "DATETIME(6)",
      Upsert.ON_DUPLICATE_KEY) {

    @Override
    boolean maySucceedLater(SQLException failure) {
      return failsForNowInMySql(failure);
    }

    @Override
    int longestName() {
      return 64;
    }

    @Override
    int mostColumns() {
      return 1017;
    }
  },

  /** Not run here: as MariaDB, but for a collation that is called otherwise. */
  MYSQL(
      "MySQL",
      '`',
      "mysql.sql",
      "LONGTEXT",
      "VARCHAR(%d) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin",
      "DATETIME(6)",
      Upsert.ON_DUPLICATE_KEY) {

    @Override
    boolean maySucceedLater(SQLException failure) {
      return failsForNowInMySql(failure);
    }

    @Override
    int longestName() {
      return 64;
    }

    @Override
    int mostColumns() {
      return 1017;
    }
  },

  /** Source of the codes: https://h2database.com/javadoc/org/h2/api/ErrorCode.html. */
  H2(
      "H2",
      '"',
      "h2.sql",
      "VARCHAR",
      "VARCHAR",
      "TIMESTAMP(6) WITH TIME ZONE",
      Upsert.UPDATE_THEN_INSERT) {

    /** Lock time-out, changed by another, closed, connection broken, database closed, closing. */
    @Override
    boolean maySucceedLater(SQLException failure) {
      return super.maySucceedLater(failure)
          || Set.of(50200, 90131, 90007, 90067, 90098, 90121).contains(failure.getErrorCode());
    }

    @Override
    int mostColumns() {
      return 16_384;
    }
  },

  /** Not run here. Sources: Microsoft, T-SQL MERGE; "Transient connection errors" of Azure SQL. */
  SQL_SERVER(
      "Microsoft SQL Server",
      '"',
      "sqlserver.sql",
      "NVARCHAR(MAX)",
      "NVARCHAR(%d) COLLATE Latin1_General_100_BIN2",
      "DATETIMEOFFSET(6)",
      Upsert.MERGE_VALUES) {

    /** Lock time-out, and what Azure says while it moves a database or is busy. */
    @Override
    boolean maySucceedLater(SQLException failure) {
      return super.maySucceedLater(failure)
          || Set.of(1205, 1222, 4060, 10928, 10929, 40197, 40501, 40613, 49918, 49919, 49920)
              .contains(failure.getErrorCode());
    }

    @Override
    int longestName() {
      return 128;
    }

    @Override
    int mostColumns() {
      return 1024;
    }
  },

  /** Not run here. Sources: Oracle, SQL Language Reference, MERGE; Database Error Messages. */
  ORACLE(
      "Oracle",
      '"',
      "oracle.sql",
      "VARCHAR2(4000)",
      "VARCHAR2(%d CHAR)",
      "TIMESTAMP(6) WITH TIME ZONE",
      Upsert.MERGE_DUAL) {

    /** Busy, deadlock, starting, stopping, connection lost, cannot serialize. */
    @Override
    boolean maySucceedLater(SQLException failure) {
      return super.maySucceedLater(failure)
          || Set.of(54, 60, 1033, 1034, 1089, 3113, 3114, 3135, 8177, 12514, 12541)
              .contains(failure.getErrorCode());
    }

    @Override
    int longestName() {
      return 128;
    }

    @Override
    int mostColumns() {
      return 1000;
    }
  },

  /** Any other database that JDBC knows, by plain SQL. */
  OTHER(
      "",
      '"',
      "standard.sql",
      "VARCHAR(32000)",
      "VARCHAR(%d)",
      "TIMESTAMP(6)",
      Upsert.UPDATE_THEN_INSERT);

  private static final int LONGEST_KEY = 190;
  private static final int LONGEST_KEYS = 440;

  private final String product;
  private final String quote;
  private final String resource;
  private final String textType;
  private final String keyType;
  private final String timeType;
  private final Upsert upsert;

  Dialect(
      String product,
      char quote,
      String resource,
      String textType,
      String keyType,
      String timeType,
      Upsert upsert) {
    this.product = product;
    this.quote = String.valueOf(quote);
    this.resource = resource;
    this.textType = textType;
    this.keyType = keyType;
    this.timeType = timeType;
    this.upsert = upsert;
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

  /**
   * {@return whether a failure is one of the moment}
   *
   * <p>Classes of the standard: connection, transaction rollback; those of others: resources,
   * operator intervention, system; time-outs of ODBC.
   */
  boolean maySucceedLater(SQLException failure) {
    return String.valueOf(failure.getSQLState()).matches("(08|40|53|57|58).*|HYT0[01]");
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
    return told;
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

  /** {@return whether its driver has schemas as catalogs} */
  boolean callsSchemasCatalogs() {
    return upsert == Upsert.ON_DUPLICATE_KEY;
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

  /** {@return the longest name that is not cut, in bytes of UTF-8} */
  int longestName() {
    return Integer.MAX_VALUE;
  }

  /** {@return the most columns of a table} */
  int mostColumns() {
    return Integer.MAX_VALUE;
  }

  Upsert upsert() {
    return upsert;
  }

  /** {@return the file of the statements that create our own tables} */
  String resource() {
    return resource;
  }

  /** {@return the type of a column that is created for text} */
  String textType() {
    return textType;
  }

  /**
   * {@return the type of a column that is created for text by which rows are told apart}
   *
   * @param keys how many of them share the room that an index has
   */
  String keyType(int keys) {
    return keyType.formatted(Math.min(LONGEST_KEY, LONGEST_KEYS / keys));
  }

  /** {@return what a column takes that is created for a time} */
  ColumnType timeColumn() {
    int sqlType = timeType.toUpperCase(Locale.ROOT).matches(".*(ZONE|OFFSET).*")
        ? Types.TIMESTAMP_WITH_TIMEZONE
        : keepsTimesAsText() ? Types.VARCHAR : Types.TIMESTAMP;
    return ColumnType.of(this, sqlType, 0, 0);
  }

  /** {@return the type of a column that is created for a time} */
  String timeType() {
    return timeType;
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
    if (length > longestName()) {
      throw SinkException.rejected(
          ("The name of a %s in %s has at most %d bytes; '%s' has %d. Rename it in the export"
                  + " or the route.")
              .formatted(kind, product, longestName(), name, length),
          null);
    }
  }

  void checkColumnCount(int count) {
    if (count > mostColumns()) {
      throw SinkException.rejected(
          "A table in %s has at most %d columns; this file needs %d. Leave fields out."
              .formatted(product, mostColumns(), count),
          null);
    }
  }

  /**
   * {@return the failure as the pipeline wants it}
   *
   * @param doing what was tried, as in "while ..."
   */
  SinkException failed(String doing, SQLException thrown) {
    SQLException failure = behind(thrown);
    String said = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    String shortened = said.length() <= 300 ? said : said.substring(0, 300) + "...";
    String database = product.isEmpty() ? "The database" : product;
    return failure instanceof SQLTransientException
            || failure instanceof SQLRecoverableException
            || maySucceedLater(failure)
        ? SinkException.unavailable(
            "%s is busy or gone while %s: %s".formatted(database, doing, shortened), failure)
        : SinkException.rejected(
            "%s refuses while %s: %s. Mend the table or the export."
                .formatted(database, doing, shortened),
            failure);
  }

  /**
   * A batch's own exception repeats all values of a row, or has no code; the next one says what is
   * wrong, or the cause of that.
   */
  private static SQLException behind(SQLException thrown) {
    SQLException said = Objects.requireNonNullElse(thrown.getNextException(), thrown);
    while (said.getSQLState() == null && said.getCause() instanceof SQLException cause) {
      said = cause;
    }
    return said;
  }

  /**
   * Lock wait, deadlock, too many connections, shutdown, disk or table full, connection killed,
   * read-only, changed by another; and all that is about the connection.
   */
  private static boolean failsForNowInMySql(SQLException failure) {
    return String.valueOf(failure.getSQLState()).matches("(08|40).*")
        || Set.of(1020, 1021, 1040, 1053, 1077, 1079, 1114, 1205, 1213, 1290, 1836, 1927)
            .contains(failure.getErrorCode());
  }
}
