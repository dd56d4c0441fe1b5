package dev.landfall.sink.jdbc;

import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import dev.landfall.format.RecordFormat;
import dev.landfall.format.RecordSink;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Stores the records of exported files as rows of one table.
 *
 * <pre>{@code
 * JdbcTableSink.into(dataSource).table("customer_groups").upsertBy("CUSTOMERGROUPID").build()
 * }</pre>
 *
 * <p><b>Three ways.</b> By default each record adds a row. {@link JdbcTableSinkBuilder#upsertBy}
 * replaces the row of the same key. {@link JdbcTableSinkBuilder#replace} and
 * {@link JdbcTableSinkBuilder#replaceBy} take a file as all that there is of its legal entity: rows
 * that are not in it go.
 *
 * <p><b>Once.</b> A file is stored in one transaction, together with a load record in the table
 * {@code landfall_load} beside it. An event whose load record is there changes nothing, and its
 * receipt is made of the record; of two that store the same event at once, one waits for the other.
 * How a commit outlives a power cut is up to the database's settings.
 *
 * <p><b>Order.</b> F&amp;O delivers in none. What is upserted or replaced has the time of its event
 * in the column {@code landfall_exported_at}, and an export that comes late touches only rows that
 * no newer one has written. One that is older than the newest full push of its table and legal
 * entity, which {@code landfall_push} tells, is recorded as superseded and changes nothing: what it
 * has may have been removed since. Of two exports of the same time, and of two records of a file
 * with the same key, the last one wins, but it removes nothing that the other has written. This
 * holds as long as each legal entity has its keys to itself: {@code DATAAREAID} belongs to the key
 * of most entities.
 *
 * <p><b>Table.</b> It is created when it is missing, with the names of the file and all columns as
 * text; see {@link SchemaMode}. Otherwise a field goes to the column that is spelled alike, or but
 * for case, or but for case and signs, so that {@code Customer group} fills {@code customer_group}.
 * Other columns keep what they have, or their default.
 *
 * <p><b>Values.</b> In a text column a field is stored as it is, an empty one as empty text and one
 * that the file lacks as null. Elsewhere blank is null, and a value becomes what the column takes:
 * {@code Yes} and {@code No}, numbers, dates in ISO 8601 and as {@code /Date(ms)/}, times in UTC; 1
 * January 1900, with which F&amp;O says that there is no date, is null. What does not fit unchanged
 * is refused with line, column and value: nothing is rounded or cut, but for columns of floating
 * point. A session of MariaDB or MySQL is strict and of UTC while a file is stored.
 *
 * <p><b>Databases.</b> PostgreSQL, by COPY if the connection is its driver's or lets it through;
 * MariaDB, SQLite, H2, and by plain batches any other with a driver. MySQL, SQL Server and Oracle
 * have statements of their own, written from their documentation and not run here. Batches are
 * quicker if the driver is told to send them as one: {@code rewriteBatchedStatements=true} of
 * MySQL's, {@code useBulkStmts=true} of MariaDB's, {@code useBulkCopyForBatchInsert=true} of SQL
 * Server's.
 *
 * <p>Used by several threads at once. Each file takes one connection of the data source, which
 * should be a pool, and holds it as long as the file takes. SQLite loads one file at a time;
 * another waits for the connection's busy timeout, and is then tried again later. Upserts and
 * replacements of one table and legal entity wait for each other. Memory does not grow with the
 * file.
 */
public final class JdbcTableSink implements RecordSink {

  private final DataSource dataSource;
  private final Loading loading;
  private final @Nullable RecordFormat format;
  private final Clock clock;

  JdbcTableSink(
      DataSource dataSource, Loading loading, @Nullable RecordFormat format, Clock clock) {
    this.dataSource = dataSource;
    this.loading = loading;
    this.format = format;
    this.clock = clock;
  }

  /**
   * Begins with the database.
   *
   * @param dataSource gives connections to the database
   * @return what asks for the table
   */
  public static Destination into(DataSource dataSource) {
    return table -> new JdbcTableSinkBuilder(dataSource, TableName.parse(table));
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
    JdbcTableSinkBuilder table(String table);
  }

  @Override
  public String name() {
    return "table " + loading.table();
  }

  /**
   * {@inheritDoc}
   *
   * @throws dev.landfall.format.MalformedFileException if the file cannot be read as records, or
   *     one of them does not fit the table
   * @throws IOException if the local disk cannot be read
   */
  @Override
  public Receipt store(ExportedFile file) throws IOException {
    return store(file, RecordFormat.any());
  }

  /**
   * {@inheritDoc}
   *
   * @throws dev.landfall.format.MalformedFileException if the file cannot be read as records, or
   *     one of them does not fit the table
   * @throws IOException if the local disk cannot be read
   */
  @Override
  public Receipt store(ExportedFile file, RecordFormat told) throws IOException {
    RecordFormat readable = Optional.ofNullable(format).orElse(told);
    LoadFacts facts = LoadFacts.of(file, clock.instant());
    try (Database database = Database.open(dataSource, loading.table())) {
      try {
        LoadLog.Load load = new Load(database, loading, file, readable, facts).run();
        return new Receipt(name(), load.length(), load.rows());
      } catch (SQLException failure) {
        throw database.dialect().failed("storing a file in table " + loading.table(), failure);
      }
    }
  }
}
