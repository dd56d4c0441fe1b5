package dev.landfall.sink.jdbc;

import dev.landfall.format.RecordFormat;
import dev.landfall.sink.jdbc.Loading.Metadata;
import dev.landfall.sink.jdbc.Loading.Way;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Takes what is optional of a {@link JdbcTableSink}. */
public final class JdbcTableSinkBuilder {

  private final DataSource dataSource;
  private final TableName table;
  private final Map<String, String> columns = new LinkedHashMap<>();
  private final Set<String> leftOut = new LinkedHashSet<>();
  private Way way = Way.APPEND;
  private List<String> keys = List.of();
  private SchemaMode schema = SchemaMode.CREATE;
  private String exportTime = Metadata.EXPORT_TIME;
  private boolean keepsOrder = true;
  private @Nullable String legalEntity;
  private @Nullable String eventId;
  private @Nullable String loadedAt;
  private ValueRules values = ValueRules.USUAL;
  private @Nullable TableName badRecords;
  private boolean mending;
  private @Nullable RecordFormat format;
  private Clock clock = Clock.systemUTC();

  JdbcTableSinkBuilder(DataSource dataSource, TableName table) {
    this.dataSource = dataSource;
    this.table = table;
  }

  /**
   * Replaces the row of the same key instead of adding one.
   *
   * @param columns that make a row unique, as the table or the file calls them; a table that exists
   *     needs a unique index over exactly these. Most entities of F&amp;O need {@code DATAAREAID}
   *     among them, as ids are unique within a company only
   * @return this
   * @throws IllegalArgumentException if none is given, or one is blank or given twice
   */
  public JdbcTableSinkBuilder upsertBy(String... columns) {
    keys = checkedKeys("leave upsertBy out to append", columns);
    way = Way.UPSERT;
    return this;
  }

  /**
   * Takes each file as a full push: rows of its legal entity that are not in it are removed, and
   * those that are in it are replaced in place. The company of a row stands in the column
   * {@code landfall_legal_entity}.
   *
   * @param columns that make a row unique, as in {@link #upsertBy}
   * @return this
   * @throws IllegalArgumentException if none is given, or one is blank or given twice
   */
  public JdbcTableSinkBuilder replaceBy(String... columns) {
    keys = checkedKeys("call replace() to replace without a key", columns);
    return replacing();
  }

  /**
   * Takes each file as a full push of rows without a key: all rows of its legal entity are removed
   * and those of the file are added. The company of a row stands in the column
   * {@code landfall_legal_entity}.
   *
   * @return this
   */
  public JdbcTableSinkBuilder replace() {
    keys = List.of();
    return replacing();
  }

  private JdbcTableSinkBuilder replacing() {
    way = Way.REPLACE;
    return this;
  }

  private static List<String> checkedKeys(String instead, String... columns) {
    Set<String> different = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String column : columns) {
      if (column.isBlank() || !different.add(column)) {
        throw new IllegalArgumentException(
            "A key is one or more columns, none blank or given twice; '%s' is.".formatted(column));
      }
    }
    if (different.isEmpty()) {
      throw new IllegalArgumentException("A key is one or more columns; " + instead + ".");
    }
    return List.of(columns);
  }

  /**
   * Tells the column of a field; by default the one that is spelled alike.
   *
   * @param field as the file calls it, in any case
   * @param column exactly as the table has it
   * @return this
   * @throws IllegalArgumentException if one is blank, or the field has a column already
   */
  public JdbcTableSinkBuilder column(String field, String column) {
    if (field.isBlank() || column.isBlank() || columns.containsKey(folded(field))) {
      throw new IllegalArgumentException(
          "A field has one column, neither with a blank name; '%s' to '%s' is not so."
              .formatted(field, column));
    }
    columns.put(folded(field), column);
    return this;
  }

  /**
   * Leaves fields of the file out; by default each is stored.
   *
   * @param fields as the file calls them, in any case; need not be in every file
   * @return this
   */
  public JdbcTableSinkBuilder leaveOut(String... fields) {
    for (String field : fields) {
      leftOut.add(folded(field));
    }
    return this;
  }

  private static String folded(String field) {
    return field.toLowerCase(Locale.ROOT);
  }

  /**
   * Tells what may be done to the table; by default it is created if it is missing.
   *
   * @param mode how far the sink may go
   * @return this
   */
  public JdbcTableSinkBuilder schema(SchemaMode mode) {
    schema = mode;
    return this;
  }

  /**
   * Names the column that has the time of a row's export, of a type for times with or without a
   * zone, or text; {@code landfall_exported_at} by default, for all ways but to append.
   *
   * @param column exactly as the table has it
   * @return this
   * @throws IllegalArgumentException if it is blank
   */
  public JdbcTableSinkBuilder exportTimeColumn(String column) {
    exportTime = notBlank(column);
    return this;
  }

  /**
   * Does without the time of a row's export. The last file that lands wins then: a late older one
   * overwrites newer rows, and a late full push brings back what was removed and removes what is
   * new. For tables that only one route fills, {@code inOrder()}.
   *
   * @return this
   */
  public JdbcTableSinkBuilder withoutExportTime() {
    keepsOrder = false;
    return this;
  }

  /**
   * Names the column that has the company of the event that wrote a row, in lower case, {@code -}
   * if it has none. By default {@code landfall_legal_entity} to replace, and none otherwise unless
   * the table has one of that name.
   *
   * @param column exactly as the table has it
   * @return this
   * @throws IllegalArgumentException if it is blank
   */
  public JdbcTableSinkBuilder legalEntityColumn(String column) {
    legalEntity = notBlank(column);
    return this;
  }

  /**
   * Names a column that has the id of the event that wrote a row; by default there is none.
   *
   * @param column exactly as the table has it
   * @return this
   * @throws IllegalArgumentException if it is blank
   */
  public JdbcTableSinkBuilder eventIdColumn(String column) {
    eventId = notBlank(column);
    return this;
  }

  /**
   * Names a column that has the time when a row was written; by default there is none.
   *
   * @param column exactly as the table has it
   * @return this
   * @throws IllegalArgumentException if it is blank
   */
  public JdbcTableSinkBuilder loadedAtColumn(String column) {
    loadedAt = notBlank(column);
    return this;
  }

  private static String notBlank(String column) {
    if (column.isBlank()) {
      throw new IllegalArgumentException("A column has a name that is not blank.");
    }
    return column;
  }

  /**
   * Tells how dates are written other than in ISO 8601, such as
   * {@code DateTimeFormatter.ofPattern("M/d/uuuu[ H:mm]")}; by default in no other way, because a
   * day cannot be told from a month.
   *
   * @param formats tried in this order, before ISO 8601; times without an offset are in UTC
   * @return this
   */
  public JdbcTableSinkBuilder dates(DateTimeFormatter... formats) {
    values = values.with(List.of(formats));
    return this;
  }

  /**
   * Tells what stands before the fraction of a number; a point by default.
   *
   * @param separator a point or a comma
   * @return this
   * @throws IllegalArgumentException if it is neither
   */
  public JdbcTableSinkBuilder decimalSeparator(char separator) {
    if (separator != '.' && separator != ',') {
      throw new IllegalArgumentException(
          "A fraction begins with a point or a comma, not with '%s'.".formatted(separator));
    }
    values = values.withDecimalSeparator(separator);
    return this;
  }

  /**
   * Stores 1 January 1900 as the date that it is; by default it is null, as F&amp;O means it.
   *
   * @return this
   */
  public JdbcTableSinkBuilder keepNullDates() {
    values = values.withNullDates();
    return this;
  }

  /**
   * Sets records aside that cannot be stored, with line and cause; by default one of them refuses
   * the file. The table, which is created when it is missing, has them in the transaction of the
   * other rows. Of a full push, they count as not in the file: the rows that they would have
   * replaced are removed.
   *
   * @param table {@code table} or {@code schema.table}, exactly as the database has it
   * @return this
   * @throws IllegalArgumentException if it is not of that form
   */
  public JdbcTableSinkBuilder badRecordsTo(String table) {
    badRecords = TableName.parse(table);
    return this;
  }

  /**
   * Mends records as {@link dev.landfall.format.BadRecords#mended} tells; by default one that
   * breaks a rule refuses the file.
   *
   * @return this
   */
  public JdbcTableSinkBuilder mendBadRecords() {
    mending = true;
    return this;
  }

  /**
   * Reads every file in one format, with the options it was given; by default the format is found,
   * as {@link RecordFormat#any} tells.
   *
   * @param format how records are read, such as {@link dev.landfall.format.DelimitedText#csv}
   * @return this
   */
  public JdbcTableSinkBuilder format(RecordFormat format) {
    this.format = format;
    return this;
  }

  /**
   * Sets what tells the time of a load record; by default the system's clock.
   *
   * @param clock asked once for each file
   * @return this
   */
  public JdbcTableSinkBuilder clock(Clock clock) {
    this.clock = clock;
    return this;
  }

  /**
   * {@return the sink; the database is not asked before the first file}
   *
   * @throws IllegalStateException if bad records are to be both mended and set aside
   */
  public JdbcTableSink build() {
    if (mending && badRecords != null) {
      throw new IllegalStateException(
          "Bad records are mended or set aside; leave out mendBadRecords() or badRecordsTo(...).");
    }
    boolean appends = way == Way.APPEND;
    Metadata metadata = new Metadata(
        appends || !keepsOrder ? null : exportTime,
        way == Way.REPLACE && legalEntity == null ? Metadata.LEGAL_ENTITY : legalEntity,
        eventId,
        loadedAt);
    Loading loading = new Loading(
        table,
        way,
        keys,
        schema,
        Map.copyOf(columns),
        Set.copyOf(leftOut),
        metadata,
        values,
        badRecords,
        mending);
    return new JdbcTableSink(dataSource, loading, format, clock);
  }
}
