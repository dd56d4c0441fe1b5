package dev.landfall.sink.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Looks into a database, and prepares it. */
final class Rows {

  /** As databases call tables that are neither views nor the system's. */
  private static final String[] TABLES = {"TABLE", "BASE TABLE"};

  private Rows() {}

  static void execute(DataSource database, String... statements) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** {@return each row as its values with bars between, in the order of the whole text} */
  static List<String> of(DataSource database, String query) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      List<String> rows = new ArrayList<>();
      while (found.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          values.add(String.valueOf(found.getString(i)));
        }
        rows.add(String.join("|", values));
      }
      rows.sort(null);
      return rows;
    }
  }

  /**
   * {@return the same, and nothing if there is no such table} One of exactly that name is looked
   * for first, then one that differs in case, as databases make of names without quotes.
   */
  static List<String> ofTable(DataSource database, String table) throws SQLException {
    Optional<String> found = tables(database).stream()
        .filter(table::equalsIgnoreCase)
        .min(Comparator.comparing(name -> !name.equals(table)));
    return found.isPresent()
        ? of(database, "SELECT * FROM " + quoted(database, found.get()))
        : List.of();
  }

  /** {@return the values of some columns, null where there is none, in the order of the first} */
  static List<List<@Nullable String>> valuesOf(
      DataSource database, String table, List<String> columns) throws SQLException {
    List<String> quoted = new ArrayList<>();
    for (String column : columns) {
      quoted.add(quoted(database, column));
    }
    String query = "SELECT " + String.join(", ", quoted) + " FROM " + quoted(database, table);
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      // A name is no place for parameters and escapes of JDBC's.
      statement.setEscapeProcessing(false);
      try (ResultSet found = statement.executeQuery(query)) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        while (found.next()) {
          List<@Nullable String> values = new ArrayList<>();
          for (int i = 1; i <= columns.size(); i++) {
            values.add(found.getString(i));
          }
          rows.add(values);
        }
        rows.sort(Comparator.comparing(row -> String.valueOf(row.get(0))));
        return rows;
      }
    }
  }

  /** {@return the names of all tables where an unqualified one is} */
  static List<String> tables(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        ResultSet found = connection
            .getMetaData()
            .getTables(connection.getCatalog(), connection.getSchema(), "%", TABLES)) {
      List<String> names = new ArrayList<>();
      while (found.next()) {
        names.add(found.getString("TABLE_NAME"));
      }
      return names;
    }
  }

  /** {@return an identifier as the database quotes it} */
  static String quoted(DataSource database, String identifier) throws SQLException {
    try (Connection connection = database.getConnection()) {
      String quote = connection.getMetaData().getIdentifierQuoteString();
      return quote + identifier.replace(quote, quote + quote) + quote;
    }
  }
}
