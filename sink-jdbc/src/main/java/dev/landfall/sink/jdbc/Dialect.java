package dev.landfall.sink.jdbc;

import dev.landfall.spi.SinkException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** All that differs between the databases. */
enum Dialect {
  SQLITE("SQLite", 2000, Integer.MAX_VALUE, "?", "sqlite.sql") {

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

    @Override
    List<String> columns(Connection connection, TableName table) throws SQLException {
      return table.schema() == null
          ? strings(connection, "SELECT name FROM pragma_table_info(?)", table.name())
          : strings(
              connection, "SELECT name FROM pragma_table_info(?, ?)", table.name(), table.schema());
    }

    /** The write lock of the whole database is held since the claim. */
    @Override
    void lockCreation(Connection connection) {}

    /**
     * Busy, locked, out of memory, interrupted, I/O error, disk full, cannot open, lock protocol.
     * Source: https://www.sqlite.org/rescode.html; extended codes add to the higher bytes.
     */
    @Override
    boolean maySucceedLater(SQLException failure) {
      return Set.of(5, 6, 7, 9, 10, 13, 14, 15).contains(failure.getErrorCode() & 0xFF);
    }

    @Override
    boolean lacksUniqueIndex(SQLException failure) {
      return String.valueOf(failure.getMessage()).contains("ON CONFLICT clause does not match");
    }
  },

  POSTGRESQL("PostgreSQL", 1600, 63, "CAST(? AS timestamptz)", "postgresql.sql") {

    /** Any number that nothing else uses; these are the letters of "landfall". */
    private static final long CREATION = 0x6C616E6466616C6CL;

    @Override
    void check(Connection connection, TableName table) {
      checkName("table", table.name());
    }

    @Override
    List<String> columns(Connection connection, TableName table) throws SQLException {
      return strings(
          connection,
          "SELECT attname FROM pg_catalog.pg_attribute WHERE attrelid = to_regclass(?)"
              + " AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
          table.sql());
    }

    /** Without it, two who create the same table at once fail on the catalog's own index. */
    @Override
    void lockCreation(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT pg_advisory_xact_lock(" + CREATION + ")");
      }
    }

    /**
     * Classes: connection, transaction rollback, resources, object in use, operator intervention,
     * system. Besides a server that is read-only, as a standby is until it takes over, and a table
     * that another just created. Source: PostgreSQL, appendix A, error codes.
     */
    @Override
    boolean maySucceedLater(SQLException failure) {
      String state = String.valueOf(failure.getSQLState());
      return state.matches("(08|40|53|55|57|58).*|25006|42P07");
    }

    @Override
    boolean lacksUniqueIndex(SQLException failure) {
      return "42P10".equals(failure.getSQLState());
    }
  };

  private final String product;
  private final int mostColumns;
  private final int longestName;
  private final String timeParameter;
  private final String loadTable;

  Dialect(
      String product, int mostColumns, int longestName, String timeParameter, String loadTable) {
    this.product = product;
    this.mostColumns = mostColumns;
    this.longestName = longestName;
    this.timeParameter = timeParameter;
    this.loadTable = loadTable;
  }

  static Dialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return Arrays.stream(values())
        .filter(dialect -> dialect.product.equals(product))
        .findFirst()
        .orElseThrow(() -> SinkException.rejected(
            ("Tables are written in SQLite and PostgreSQL; this database is %s. Give a"
                    + " DataSource of one of these.")
                .formatted(product),
            null));
  }

  /** Refuses a place that no file can be stored in. */
  abstract void check(Connection connection, TableName table) throws SQLException;

  /** {@return the columns of a table in order, none if there is no such table} */
  abstract List<String> columns(Connection connection, TableName table) throws SQLException;

  /** Makes creators of tables wait for each other until the transaction ends. */
  abstract void lockCreation(Connection connection) throws SQLException;

  abstract boolean maySucceedLater(SQLException failure);

  /** {@return whether an upsert failed because no unique index is over its key columns} */
  abstract boolean lacksUniqueIndex(SQLException failure);

  /** {@return what stands in SQL for a time that is given as ISO 8601 text} */
  String timeParameter() {
    return timeParameter;
  }

  /** {@return the statement that creates the table of load records} */
  String loadTableDdl(TableName name) {
    try (InputStream ddl = Objects.requireNonNull(Dialect.class.getResourceAsStream(loadTable))) {
      return new String(ddl.readAllBytes(), StandardCharsets.UTF_8).replace("${table}", name.sql());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Refuses a name that the database would cut. */
  void checkName(String kind, String name) {
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    if (length > longestName) {
      throw SinkException.rejected(
          ("The name of a %s in %s has at most %d bytes; '%s' has %d. Rename it in the export"
                  + " or the route.")
              .formatted(kind, product, longestName, name, length),
          null);
    }
  }

  void checkColumnCount(int count) {
    if (count > mostColumns) {
      throw SinkException.rejected(
          "A table in %s has at most %d columns; the file has %d. Leave fields out of the export."
              .formatted(product, mostColumns, count),
          null);
    }
  }

  /** {@return what writes rows fastest; plain batches for now in both} */
  RowWriter rowWriter(Connection connection, TargetTable table) throws SQLException {
    return new BatchWriter(connection, this, table);
  }

  /**
   * {@return the failure as the pipeline wants it}
   *
   * @param doing what was tried, as in "while ..."
   */
  SinkException failed(String doing, SQLException thrown) {
    // A batch's own exception repeats all values of a row; the one behind it says what is wrong.
    SQLException failure = Objects.requireNonNullElse(thrown.getNextException(), thrown);
    String said = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    String shortened = said.length() <= 300 ? said : said.substring(0, 300) + "...";
    return failure instanceof SQLTransientException
            || failure instanceof SQLRecoverableException
            || maySucceedLater(failure)
        ? SinkException.unavailable(
            "%s is busy or gone while %s: %s".formatted(product, doing, shortened), failure)
        : SinkException.rejected(
            "%s refuses while %s: %s. Mend the table or the export."
                .formatted(product, doing, shortened),
            failure);
  }

  private static List<String> strings(Connection connection, String sql, String... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      List<String> all = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          all.add(rows.getString(1));
        }
      }
      return all;
    }
  }
}
