package dev.landfall.sink.jdbc;

import dev.landfall.sink.jdbc.Loading.Metadata;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Removes the rows of a legal entity that a full push has not, and that no newer export wrote. */
final class Removal {

  private final Database database;
  private final Loading loading;
  private final LoadFacts facts;

  Removal(Database database, Loading loading, LoadFacts facts) {
    this.database = database;
    this.loading = loading;
    this.facts = facts;
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
    Map<String, ColumnType> present =
        new TableSchema(database, loading.table()).columns().orElse(Map.of());
    if (present.isEmpty()) {
      return;
    }
    Metadata metadata = loading.metadata();
    String time = column(metadata.exportTime(), present);
    String isOlder = time == null
        ? ""
        : " AND (%1$s IS NULL OR %1$s %2$s ?)".formatted(database.quoted(time), than);
    String company = Objects.requireNonNull(column(metadata.legalEntity(), present));
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

  private static @Nullable String column(@Nullable String asked, Map<String, ColumnType> present) {
    return asked == null ? null : Names.find("column", asked, List.copyOf(present.keySet()));
  }
}
