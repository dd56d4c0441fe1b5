package dev.landfall.sink.jdbc;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the user of a sink has chosen, other than the database.
 *
 * @param table where rows go
 * @param way what becomes of the rows that are there
 * @param keys columns that tell rows apart; none to append, or to replace without any
 * @param schema what may be done to the table
 * @param columns by field, in lower case: what a field is called in the table
 * @param leftOut fields in lower case that are not stored
 * @param metadata columns that no field fills
 * @param values how texts become values
 * @param badRecords the table of those that cannot be stored, if they are set aside
 * @param mending whether bad records are mended
 */
record Loading(
    TableName table,
    Way way,
    List<String> keys,
    SchemaMode schema,
    Map<String, String> columns,
    Set<String> leftOut,
    Metadata metadata,
    ValueRules values,
    @Nullable TableName badRecords,
    boolean mending) {

  /** What becomes of the rows that are there. */
  enum Way {
    APPEND,
    UPSERT,
    REPLACE
  }

  /**
   * Columns that no field fills.
   *
   * @param exportTime when the row's export was made, or null
   * @param legalEntity the company whose export wrote the row, or null
   * @param eventId of the row's export, or null
   * @param loadedAt when the row was written, or null
   */
  record Metadata(
      @Nullable String exportTime,
      @Nullable String legalEntity,
      @Nullable String eventId,
      @Nullable String loadedAt) {

    static final String EXPORT_TIME = "landfall_exported_at";
    static final String LEGAL_ENTITY = "landfall_legal_entity";
  }

  /** {@return whether an older export may not overwrite a newer one} */
  boolean keepsOrder() {
    return metadata.exportTime() != null;
  }

  Optional<TableName> badTable() {
    return Optional.ofNullable(badRecords);
  }
}
