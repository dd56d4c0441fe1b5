package dev.landfall.sink.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables that the sinks need for themselves, from a file of statements for each database. */
enum OwnTables {
  LOAD("landfall_load"),
  PUSH("landfall_push"),
  BAD("landfall_bad"),
  FILE("landfall_file");

  private final String usualName;

  OwnTables(String usualName) {
    this.usualName = usualName;
  }

  /** {@return where it stands, beside a table of the user's} */
  TableName beside(TableName table) {
    return table.sibling(usualName);
  }

  void createIfAbsent(Database database, TableName table) throws SQLException {
    TableSchema schema = new TableSchema(database, table);
    if (schema.columns().isEmpty()) {
      schema.createBy(statement(database.dialect(), database.quoted(table)));
    }
  }

  private String statement(Dialect dialect, String table) {
    Matcher section = Pattern.compile(
            "-- " + name().toLowerCase(java.util.Locale.ROOT) + ":.*\\n([^;]*?)(?=\\n-- |\\z)")
        .matcher(text(dialect.resource()));
    if (!section.find()) {
      throw new IllegalStateException(dialect.resource() + " has no table " + this + ".");
    }
    return section.group(1).replace("${table}", table);
  }

  private static String text(String resource) {
    try (InputStream ddl =
        Objects.requireNonNull(OwnTables.class.getResourceAsStream(resource), resource)) {
      return new String(ddl.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
