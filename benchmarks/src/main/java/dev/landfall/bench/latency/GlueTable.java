package dev.landfall.bench.latency;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** The one table that the program knows, and an inbox of events. */
final class GlueTable {

  private static final List<String> COLUMNS = List.of(
      "CUSTOMERGROUPID",
      "DESCRIPTION",
      "CLEARINGPERIODPAYMENTTERMNAME",
      "CUSTOMERACCOUNTNUMBERSEQUENCE",
      "DEFAULTDIMENSIONDISPLAYVALUE",
      "ISPUBLICSECTOR_IT",
      "ISSALESTAXINCLUDEDINPRICE",
      "PAYMENTTERMID",
      "TAXGROUPID",
      "WRITEOFFREASON",
      "DATAAREAID");
  private static final String KEY = "CUSTOMERGROUPID, DATAAREAID";
  private static final String UPSERT =
      "INSERT INTO customer_groups (%s) VALUES (%s) ON CONFLICT (%s) DO UPDATE SET %s"
          .formatted(
              String.join(", ", COLUMNS),
              String.join(", ", Collections.nCopies(COLUMNS.size(), "?")),
              KEY,
              COLUMNS.stream()
                  .filter(column -> !KEY.contains(column))
                  .map(column -> column + " = excluded." + column)
                  .collect(Collectors.joining(", ")));

  private final DataSource tables;

  private GlueTable(DataSource tables) {
    this.tables = tables;
  }

  static GlueTable create(DataSource tables) throws SQLException {
    try (Connection connection = tables.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE IF NOT EXISTS customer_groups (%s, PRIMARY KEY (%s))"
          .formatted(
              COLUMNS.stream().map(column -> column + " TEXT").collect(Collectors.joining(", ")),
              KEY));
      statement.executeUpdate("CREATE TABLE IF NOT EXISTS inbox (id TEXT PRIMARY KEY, body BLOB,"
          + " done INTEGER NOT NULL DEFAULT 0)");
    }
    return new GlueTable(tables);
  }

  /** Commits an event before it is worked on; one that comes again is worked on again. */
  void remember(String id, byte[] body) throws SQLException {
    try (Connection connection = tables.getConnection();
        PreparedStatement insert = connection.prepareStatement(
            "INSERT INTO inbox (id, body) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
      insert.setString(1, id);
      insert.setBytes(2, body);
      insert.executeUpdate();
    }
  }

  /** Stores all rows of a file, and that its event is done, in one transaction. */
  void store(String id, Path file) throws IOException, SQLException {
    try (Connection connection = tables.getConnection()) {
      connection.setAutoCommit(false);
      upsert(connection, file);
      try (PreparedStatement done =
          connection.prepareStatement("UPDATE inbox SET done = 1, body = NULL WHERE id = ?")) {
        done.setString(1, id);
        done.executeUpdate();
      }
      connection.commit();
    }
  }

  private static void upsert(Connection connection, Path file) throws IOException, SQLException {
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file);
        PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      for (NamedCsvRecord row : rows) {
        for (int i = 0; i < COLUMNS.size(); i++) {
          upsert.setString(i + 1, row.getField(COLUMNS.get(i)));
        }
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
  }
}
