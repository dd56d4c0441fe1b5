package dev.landfall.sink.jdbc;

import dev.landfall.file.ExportedFile;
import dev.landfall.file.FileFormat;
import dev.landfall.file.Receipt;
import dev.landfall.format.ExportedRecord;
import dev.landfall.format.RecordFormat;
import dev.landfall.format.RecordFormat.Records;
import dev.landfall.spi.FileSink;
import dev.landfall.spi.SinkException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Stores the records of exported files as rows of one table in SQLite or PostgreSQL.
 *
 * <pre>{@code
 * JdbcTableSink.into(dataSource).table("customer_groups").upsertBy("CUSTOMERGROUPID").build()
 * }</pre>
 *
 * <p><b>Once.</b> A file is stored in one transaction, together with a load record in the table
 * {@code landfall_load} beside it. An event whose load record is there changes nothing, and its
 * receipt is made of the record; of two that store the same event at once, one waits for the other.
 * How a commit outlives a power cut is up to the database's settings.
 *
 * <p><b>Order.</b> F&amp;O delivers in none. For now the last one landed wins: a late older export
 * overwrites newer rows of the same key. Within one file, the last row of a key wins.
 *
 * <p><b>Table.</b> It is created when it is missing, with the names of the file and all columns as
 * text. A table that exists is never altered: each name of the file must be one of its columns,
 * cases not told apart unless that is ambiguous; its other columns keep what they have, or their
 * default. Empty fields are stored as empty text, absent ones as null. A file without a header is
 * recorded as loaded with no rows.
 *
 * <p>Used by several threads at once. Each file takes one connection of the data source, which
 * should be a pool, and holds it as long as the file takes. SQLite loads one file at a time;
 * another waits for the connection's busy timeout, and is then tried again later. Memory does not
 * grow with the file.
 */
public final class JdbcTableSink implements FileSink {

  private final DataSource dataSource;
  private final TableName table;
  private final List<String> keys;
  private final @Nullable RecordFormat format;
  private final Clock clock;

  private JdbcTableSink(Builder builder) {
    dataSource = builder.dataSource;
    table = builder.table;
    keys = builder.keys;
    format = builder.format;
    clock = builder.clock;
  }

  /**
   * Begins with the database.
   *
   * @param dataSource gives connections to a database file of SQLite or to PostgreSQL
   * @return what asks for the table
   */
  public static Destination into(DataSource dataSource) {
    return table -> new Builder(dataSource, TableName.parse(table));
  }

  /** A database of which the table is still to be named. */
  @FunctionalInterface
  public interface Destination {

    /**
     * Names the table.
     *
     * @param table {@code table} or {@code schema.table}, exactly as the database has it; any
     *     characters but control characters and a dot
     * @return what takes the options
     * @throws IllegalArgumentException if it is not of that form
     */
    Builder table(String table);
  }

  /** Takes what is optional. */
  public static final class Builder {

    private final DataSource dataSource;
    private final TableName table;
    private List<String> keys = List.of();
    private @Nullable RecordFormat format;
    private Clock clock = Clock.systemUTC();

    private Builder(DataSource dataSource, TableName table) {
      this.dataSource = dataSource;
      this.table = table;
    }

    /**
     * Replaces the row of the same key instead of adding one; by default every record adds a row.
     *
     * @param columns that make a row unique, cases not told apart; a table that exists needs a
     *     unique index over exactly these. Most entities of F&amp;O need {@code DATAAREAID} among
     *     them, as ids are unique within a company only
     * @return this
     * @throws IllegalArgumentException if none is given, or one is blank or given twice
     */
    public Builder upsertBy(String... columns) {
      Set<String> different = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      for (String column : columns) {
        if (column.isBlank() || !different.add(column)) {
          throw new IllegalArgumentException(
              "A key is one or more columns, none blank or given twice; '%s' is."
                  .formatted(column));
        }
      }
      if (different.isEmpty()) {
        throw new IllegalArgumentException(
            "A key is one or more columns; leave upsertBy out to append.");
      }
      keys = List.of(columns);
      return this;
    }

    /**
     * Reads every file in one format, whatever its name tells; by default the name must end in
     * {@code .csv}.
     *
     * @param format how records are read, such as {@link dev.landfall.format.DelimitedText#csv}
     * @return this
     */
    public Builder format(RecordFormat format) {
      this.format = format;
      return this;
    }

    /**
     * Sets what tells the time of a load record; by default the system's clock.
     *
     * @param clock asked once for each file
     * @return this
     */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /** {@return the sink; the database is not asked before the first file} */
    public JdbcTableSink build() {
      return new JdbcTableSink(this);
    }
  }

  @Override
  public String name() {
    return "table " + table;
  }

  /**
   * {@inheritDoc}
   *
   * @throws dev.landfall.format.MalformedFileException if the file cannot be read as records
   * @throws IOException if the local disk cannot be read
   */
  @Override
  public Receipt store(ExportedFile file) throws IOException {
    RecordFormat readable = formatOf(file);
    try (Transaction transaction = Transaction.begin(dataSource, table)) {
      Dialect dialect = dialectOf(transaction.connection());
      try {
        return store(file, readable, transaction, dialect);
      } catch (SQLException failure) {
        throw dialect.failed("storing a file in table " + table, failure);
      }
    }
  }

  private Dialect dialectOf(Connection connection) {
    try {
      return Dialect.of(connection);
    } catch (SQLException unreachable) {
      throw SinkException.unavailable(
          "The database of table %s does not say what it is; the cause tells why.".formatted(table),
          unreachable);
    }
  }

  private RecordFormat formatOf(ExportedFile file) {
    return Optional.ofNullable(format)
        .or(() -> RecordFormat.of(file.format()))
        .orElseThrow(() -> SinkException.rejected(
            file.format().equals(new FileFormat("zip"))
                ? ("Table %s takes files of records, not a zip of them. Give the route"
                        + " PackageEntities.into(sink), which hands on what a data package holds.")
                    .formatted(table)
                : ("Table %s takes files whose name ends in .csv; this one is told to be %s."
                        + " Export CSV, or tell the sink its format with format(...).")
                    .formatted(table, file.format()),
            null));
  }

  private Receipt store(
      ExportedFile file, RecordFormat readable, Transaction transaction, Dialect dialect)
      throws SQLException, IOException {
    Connection connection = transaction.connection();
    dialect.check(connection, table);
    LoadLog log = new LoadLog(connection, dialect, table);
    log.createIfAbsent();
    transaction.commit();

    if (!log.claim(file, clock.instant())) {
      return receipt(log.find(file));
    }
    long rows = load(file, readable, connection, dialect);
    log.complete(file, rows);
    transaction.commit();
    return receipt(new LoadLog.Load(file.length(), rows));
  }

  private long load(
      ExportedFile file, RecordFormat readable, Connection connection, Dialect dialect)
      throws SQLException, IOException {
    try (Records records = readable.read(file)) {
      if (records.names().isEmpty()) {
        return 0;
      }
      TargetTable target = TargetTable.prepare(connection, dialect, table, records.names(), keys);
      long rows = 0;
      try (RowWriter writer = dialect.rowWriter(connection, target)) {
        for (ExportedRecord next = records.next(); next != null; next = records.next()) {
          writer.add(next);
          rows++;
        }
        writer.finish();
      }
      return rows;
    }
  }

  private Receipt receipt(LoadLog.Load load) {
    return new Receipt(name(), load.length(), load.rows());
  }
}
