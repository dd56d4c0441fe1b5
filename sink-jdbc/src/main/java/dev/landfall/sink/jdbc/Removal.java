package dev.landfall.sink.jdbc;

import dev.landfall.sink.jdbc.Loading.Metadata;
import dev.landfall.spi.SinkException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Removes the rows of a legal entity that a full push has not, and that no newer export wrote. */
final class Removal {

  private final Database database;
  private final Loading loading;
  private final LoadFacts facts;
  private final Map<String, ColumnType> present;

  /**
   * Prepares.
   *
   * @param present the columns of the table, none if there is no table; looked at before the
   *     transaction, which PostgreSQL ends when it is asked for a table that is not there
   */
  Removal(Database database, Loading loading, LoadFacts facts, Map<String, ColumnType> present) {
    this.database = database;
    this.loading = loading;
    this.facts = facts;
    this.present = present;
  }

  /** Removes all rows up to the time of the file, before it is written. */
  void ofAll() throws SQLException {
    remove("<=");
  }

  /** Removes the rows that the file, which is written, has not written. */
  void ofOthers() throws SQLException {
    remove("<");
  }

  private void remove(String than) throws SQLException {
    if (present.isEmpty()) {
      return;
    }
    Metadata metadata = loading.metadata();
    String time = column(metadata.exportTime());
    String isOlder = time == null
        ? ""
        : " AND (%1$s IS NULL OR %1$s %2$s ?)".formatted(database.quoted(time), than);
    String company = column(metadata.legalEntity());
    if (company == null) {
      throw SinkException.rejected(
          "Table %s is to have a column %s, by which the rows of a company are found, and has not but %s. Add it, or name another with legalEntityColumn(...)."
              .formatted(
                  loading.table(),
                  metadata.legalEntity(),
                  Names.listed(List.copyOf(present.keySet()))),
          null);
    }
    try (PreparedStatement delete = database.prepare("DELETE FROM "
        + database.quoted(loading.table())
        + " WHERE "
        + database.quoted(company)
        + " = ?"
        + isOlder)) {
      delete.setString(1, facts.legalEntity());
      if (time != null) {
        ColumnType type = present.getOrDefault(time, ColumnType.UNKNOWN);
        database.dialect().bind(delete, 2, type.time(facts.exportTime()), type);
      }
      delete.executeUpdate();
    }
  }

  private @Nullable String column(@Nullable String asked) {
    return asked == null ? null : Names.find("column", asked, List.copyOf(present.keySet()));
  }
}
