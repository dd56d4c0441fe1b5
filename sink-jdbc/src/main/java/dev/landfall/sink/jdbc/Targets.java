package dev.landfall.sink.jdbc;

import dev.landfall.sink.jdbc.Loading.Metadata;
import dev.landfall.sink.jdbc.Loading.Way;
import dev.landfall.sink.jdbc.Target.Column;
import dev.landfall.spi.SinkException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds out where the fields of a file go, and makes room for them as far as the user allows. */
final class Targets {

  private final Database database;
  private final Dialect dialect;
  private final Loading loading;
  private final TableName table;
  private final TableSchema schema;

  Targets(Database database, Loading loading) {
    this.database = database;
    this.loading = loading;
    dialect = database.dialect();
    table = loading.table();
    schema = new TableSchema(database, table);
  }

  /**
   * {@return where the fields of a file go}
   *
   * @param fields names of the file's values, unlike even when cases are not told apart
   * @param facts what metadata columns are filled with
   */
  Target of(List<String> fields, LoadFacts facts) throws SQLException {
    Map<Integer, String> wanted = wanted(fields);
    if (loading.schema() == SchemaMode.NONE) {
      return unseen(wanted, facts);
    }
    Map<String, ColumnType> present = schema.columns().orElse(null);
    if (present == null) {
      if (loading.schema() == SchemaMode.VALIDATE) {
        throw SinkException.rejected(
            "Table %s is to be there before files are loaded, and it is not. Create it, or give the sink schema(SchemaMode.CREATE)."
                .formatted(table),
            null);
      }
      present = created(wanted);
    }
    present = widened(wanted, present);
    List<Column> columns = new ArrayList<>();
    Set<String> taken = new TreeSet<>();
    for (Map.Entry<Integer, String> field : wanted.entrySet()) {
      String name = found(field.getValue(), present);
      if (!taken.add(name)) {
        throw SinkException.rejected(
            "A column takes one field, and %s of table %s is what two of the file's mean. Map one of them with column(...), or leave it out with leaveOut(...)."
                .formatted(name, table),
            null);
      }
      columns.add(new Column(name, typeOf(name, present), field.getKey(), null));
    }
    List<Integer> keys = keys(columns);
    checkUnique(keys.stream().map(key -> columns.get(key).name()).toList());
    String exportTime = addMetadata(columns, present, facts);
    checkOurs(columns, taken);
    return new Target(table, columns, keys, Optional.ofNullable(exportTime));
  }

  /** By place of the field, the column that it is to go to. */
  private Map<Integer, String> wanted(List<String> fields) {
    Map<Integer, String> wanted = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      String field = fields.get(i).toLowerCase(Locale.ROOT);
      if (!loading.leftOut().contains(field)) {
        String column = loading.columns().getOrDefault(field, fields.get(i));
        dialect.checkName("column", column);
        wanted.put(i, column);
      }
    }
    return wanted;
  }

  private Target unseen(Map<Integer, String> wanted, LoadFacts facts) {
    List<Column> columns = new ArrayList<>();
    wanted.forEach((field, name) -> columns.add(new Column(name, ColumnType.UNKNOWN, field, null)));
    List<Integer> keys = keys(columns);
    Metadata metadata = loading.metadata();
    addConstant(columns, metadata.exportTime(), dialect.timeColumn().time(facts.exportTime()));
    addConstant(columns, metadata.legalEntity(), facts.legalEntity());
    addConstant(columns, metadata.eventId(), facts.eventId());
    addConstant(columns, metadata.loadedAt(), dialect.timeColumn().time(facts.loadedAt()));
    return new Target(table, columns, keys, Optional.ofNullable(metadata.exportTime()));
  }

  private static void addConstant(List<Column> columns, @Nullable String name, Object value) {
    if (name != null) {
      columns.add(new Column(name, ColumnType.UNKNOWN, -1, value));
    }
  }

  private Map<String, ColumnType> created(Map<Integer, String> wanted) throws SQLException {
    List<String> names = new ArrayList<>(wanted.values());
    List<String> keys = new ArrayList<>();
    for (String key : loading.keys()) {
      keys.add(keyAmong(names, key));
    }
    Map<String, String> definitions = new LinkedHashMap<>();
    names.forEach(name -> definitions.put(
        name,
        keys.contains(name) ? dialect.types().key(keys.size()) : dialect.types().text()));
    definitions.putAll(metadataTypes());
    dialect.checkColumnCount(definitions.size());
    schema.create(definitions, keys);
    return schema.columns().orElseThrow();
  }

  private Map<String, String> metadataTypes() {
    Metadata metadata = loading.metadata();
    Map<String, String> types = new LinkedHashMap<>();
    putUnlessNull(types, metadata.exportTime(), dialect.types().time());
    putUnlessNull(types, metadata.legalEntity(), dialect.types().key(1));
    putUnlessNull(types, metadata.eventId(), dialect.types().key(1));
    putUnlessNull(types, metadata.loadedAt(), dialect.types().time());
    return types;
  }

  private static void putUnlessNull(Map<String, String> types, @Nullable String name, String type) {
    if (name != null) {
      types.put(name, type);
    }
  }

  /** {@return the columns, once all that are needed are there} */
  private Map<String, ColumnType> widened(
      Map<Integer, String> wanted, Map<String, ColumnType> present) throws SQLException {
    Map<String, String> missing = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(present.keySet());
    for (String column : wanted.values()) {
      if (Names.find("field", column, names) == null) {
        missing.put(column, dialect.types().text());
      }
    }
    metadataTypes().forEach((column, type) -> {
      if (Names.find("column", column, names) == null) {
        missing.put(column, type);
      }
    });
    if (missing.isEmpty()) {
      return present;
    }
    if (loading.schema() != SchemaMode.ADD_COLUMNS) {
      throw lacking(missing, names);
    }
    dialect.checkColumnCount(present.size() + missing.size());
    for (Map.Entry<String, String> column : missing.entrySet()) {
      schema.add(column.getKey(), column.getValue());
    }
    return schema.columns().orElseThrow();
  }

  private SinkException lacking(Map<String, String> missing, List<String> names) {
    String first = missing.keySet().iterator().next();
    boolean ours = metadataTypes().containsKey(first);
    return SinkException.rejected(
        "Table %s is to have a column %s, %s, and has not but %s. Add %s with %s, or give the sink schema(SchemaMode.ADD_COLUMNS), or %s."
            .formatted(
                table,
                first,
                ours ? "which the sink fills itself" : "as the file has",
                Names.listed(names),
                missing.size() == 1 ? "it" : "it and " + (missing.size() - 1) + " more",
                schema.addition(first, missing.getOrDefault(first, "")),
                ours ? "switch it off" : "leave the field out with leaveOut(...)"),
        null);
  }

  private String found(String column, Map<String, ColumnType> present) {
    String name = Names.find("field", column, List.copyOf(present.keySet()));
    if (name == null) {
      throw new IllegalStateException("Column " + column + " was there just now.");
    }
    return name;
  }

  private static ColumnType typeOf(String name, Map<String, ColumnType> present) {
    return present.getOrDefault(name, ColumnType.UNKNOWN);
  }

  private List<Integer> keys(List<Column> columns) {
    List<String> names = columns.stream().map(Column::name).toList();
    return loading.keys().stream()
        .map(key -> names.indexOf(keyAmong(names, key)))
        .toList();
  }

  /** Keys may be given as the file calls them, or as the table does. */
  private String keyAmong(List<String> names, String key) {
    String column = loading.columns().getOrDefault(key.toLowerCase(Locale.ROOT), key);
    String name = Names.find("key", column, names);
    if (name == null) {
      throw SinkException.rejected(
          ("Rows of table %s are told apart by %s, and the file has no such field but %s. Add it"
                  + " to the export, or give another key.")
              .formatted(table, key, Names.listed(names)),
          null);
    }
    return name;
  }

  private void checkUnique(List<String> keys) throws SQLException {
    if (keys.isEmpty()) {
      return;
    }
    if (!schema.isUnique(keys)) {
      throw SinkException.rejected(
          ("To be told apart by %s, rows of table %s need a unique index over exactly that. CREATE"
                  + " UNIQUE INDEX %s ON %s (%s) makes one.")
              .formatted(
                  Names.listed(keys),
                  table,
                  dialect.quoted(table.name() + "_key"),
                  database.quoted(table),
                  dialect.quoted(keys)),
          null);
    }
    if (dialect.upsert() == Upsert.ON_DUPLICATE_KEY && schema.uniqueIndexes().size() > 1) {
      throw SinkException.rejected(
          "Table %s has more than one unique index, and this database would replace a row that is alike in any of them. Drop the others, or append."
              .formatted(table),
          null);
    }
  }

  /** {@return the column of the export's time, or null if rows have none} */
  private @Nullable String addMetadata(
      List<Column> columns, Map<String, ColumnType> present, LoadFacts facts) {
    Metadata metadata = loading.metadata();
    String time = orPresent(metadata.exportTime(), Metadata.EXPORT_TIME, present);
    String company = orPresent(metadata.legalEntity(), Metadata.LEGAL_ENTITY, present);
    if (time != null) {
      ColumnType type = typeOf(time, present);
      checkKeepsTime(time, type);
      columns.add(new Column(time, type, -1, type.time(facts.exportTime())));
    }
    if (company != null) {
      columns.add(new Column(company, typeOf(company, present), -1, facts.legalEntity()));
    }
    if (metadata.eventId() != null) {
      String event = found(metadata.eventId(), present);
      columns.add(new Column(event, typeOf(event, present), -1, facts.eventId()));
    }
    if (metadata.loadedAt() != null) {
      String loaded = found(metadata.loadedAt(), present);
      ColumnType type = typeOf(loaded, present);
      columns.add(new Column(loaded, type, -1, type.time(facts.loadedAt())));
    }
    return loading.way() == Way.APPEND ? null : metadata.exportTime() == null ? null : time;
  }

  private void checkOurs(List<Column> columns, Set<String> ofFile) {
    for (Column column : columns) {
      if (column.isConstant() && ofFile.contains(column.name())) {
        throw SinkException.rejected(
            "Column %s of table %s is filled by the sink itself, and the file has a field for it. Leave that out with leaveOut(...), or give one of them another column."
                .formatted(column.name(), table),
            null);
      }
    }
  }

  /** Rows would else seem older than the export that wrote them, and be removed by it. */
  private void checkKeepsTime(String column, ColumnType type) {
    if (!type.keepsTime()) {
      throw SinkException.rejected(
          "Column %s of table %s is to keep the time of an export to the microsecond, and does not. Give it the type %s, or name another with exportTimeColumn(...)."
              .formatted(column, table, dialect.types().time()),
          null);
    }
  }

  /** What another route replaces by must be right in the rows of this one, too. */
  private static @Nullable String orPresent(
      @Nullable String asked, String usual, Map<String, ColumnType> present) {
    String column = asked == null ? usual : asked;
    return Names.find("column", column, List.copyOf(present.keySet()));
  }
}
