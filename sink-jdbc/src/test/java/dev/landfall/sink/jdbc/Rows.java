package dev.landfall.sink.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Looks into a database, and prepares it. */
final class Rows {

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

  /** {@return the same, and nothing if there is no such table} */
  static List<String> ofTable(DataSource database, String table) throws SQLException {
    try (Connection connection = database.getConnection();
        ResultSet found = connection.getMetaData().getTables(null, null, table, null)) {
      if (!found.next()) {
        return List.of();
      }
    }
    return of(database, "SELECT * FROM " + TableName.quoted(table));
  }
}
