package dev.landfall.sink.jdbc;

import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import dev.landfall.spi.FileSink;
import dev.landfall.spi.SinkException;
import java.io.IOException;
import java.io.InputStream;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Stores exported files as they are, each as one row of a table.
 *
 * <pre>{@code
 * JdbcFileSink.into(dataSource).table("export_files").build()
 * }</pre>
 *
 * <p>The table is created when it is missing. Its columns are {@code event_id}, {@code file_name},
 * which are its key, {@code route}, {@code entity}, {@code legal_entity}, {@code exported_at},
 * {@code stored_at}, {@code file_length}, {@code sha256} and {@code content}; texts that are too
 * long for them, or none for the database, are told by their digest. An event that is there changes
 * nothing, and its receipt is made of its row.
 *
 * <p>Used by several threads at once. Each file takes one connection of the data source, which
 * should be a pool. The bytes are streamed; a driver or database may hold all of them at once, and
 * has limits of its own, such as {@code max_allowed_packet} of MariaDB.
 */
public final class JdbcFileSink implements FileSink {

  private static final long MEGA = 1 << 20;
  private static final String KEY = " WHERE event_id = ? AND file_name = ?";

  private final DataSource dataSource;
  private final TableName table;
  private final long largest;
  private final Clock clock;

  private JdbcFileSink(Builder builder) {
    dataSource = builder.dataSource;
    table = builder.table;
    largest = builder.largest;
    clock = builder.clock;
  }

  /**
   * Begins with the database.
   *
   * @param dataSource gives connections to the database
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
    private long largest = 64 * MEGA;
    private Clock clock = Clock.systemUTC();

    private Builder(DataSource dataSource, TableName table) {
      this.dataSource = dataSource;
      this.table = table;
    }

    /**
     * Sets the limit of a file.
     *
     * @param bytes the most that are stored, 1 to 1,073,741,824; 67,108,864 by default
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder largest(long bytes) {
      if (bytes < 1 || bytes > 1024 * MEGA) {
        throw new IllegalArgumentException(
            "A file in a row has 1 to %d bytes at most; a limit of %d is out of range."
                .formatted(1024 * MEGA, bytes));
      }
      largest = bytes;
      return this;
    }

    /**
     * Sets what tells the time in {@code stored_at}; by default the system's clock.
     *
     * @param clock asked once for each file
     * @return this
     */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /** {@return the sink; the database is not asked before the first file} */
    public JdbcFileSink build() {
      return new JdbcFileSink(this);
    }
  }

  @Override
  public String name() {
    return "files in table " + table;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IOException if the local disk cannot be read
   */
  @Override
  public Receipt store(ExportedFile file) throws IOException {
    if (file.length() > largest) {
      throw SinkException.rejected(
          "A file in a row of table %s has at most %d bytes, and this one has %d. Raise the limit with largest(...), or store it elsewhere."
              .formatted(table, largest, file.length()),
          null);
    }
    LoadFacts facts = LoadFacts.of(file, clock.instant());
    try (Database database = Database.open(dataSource, table)) {
      try {
        return store(file, facts, database);
      } catch (SQLException failure) {
        throw database.dialect().failed("storing a file in table " + table, failure);
      }
    }
  }

  private Receipt store(ExportedFile file, LoadFacts facts, Database database)
      throws SQLException, IOException {
    database.dialect().check(database.connection(), table);
    if (file.length() >= database.largestPacket()) {
      throw SinkException.rejected(
          "The server takes less than %d bytes at once (max_allowed_packet), and this file has %d. Raise that, or store it elsewhere."
              .formatted(database.largestPacket(), file.length()),
          null);
    }
    OwnTables.FILE.createIfAbsent(database, table);
    Optional<Receipt> before = find(database, facts);
    if (before.isPresent()) {
      return before.get();
    }
    database.begin();
    if (!insert(file, facts, database)) {
      database.rollback();
      return find(database, facts)
          .orElseThrow(() -> new SQLException("The row was removed just now.", "40001"));
    }
    database.commit();
    return new Receipt(name(), file.length(), null);
  }

  private Optional<Receipt> find(Database database, LoadFacts facts) throws SQLException {
    try (PreparedStatement select =
        database.prepare("SELECT file_length FROM " + database.quoted(table) + KEY)) {
      select.setString(1, facts.eventId());
      select.setString(2, facts.fileName());
      try (ResultSet found = select.executeQuery()) {
        return found.next()
            ? Optional.of(new Receipt(name(), found.getLong(1), null))
            : Optional.empty();
      }
    }
  }

  /** {@return whether it is stored; false if another has just done so} */
  private boolean insert(ExportedFile file, LoadFacts facts, Database database)
      throws SQLException, IOException {
    ColumnType time = database.dialect().timeColumn();
    try (InputStream bytes = file.open();
        PreparedStatement insert = database.prepare("INSERT INTO " + database.quoted(table)
            + " (event_id, file_name, route, entity, legal_entity, exported_at, stored_at,"
            + " file_length, sha256, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, facts.eventId());
      insert.setString(2, facts.fileName());
      insert.setString(3, facts.route());
      insert.setString(4, LoadFacts.storable(file.event().entity().orElse("-")));
      insert.setString(5, facts.legalEntity());
      insert.setObject(6, time.time(facts.exportTime()));
      insert.setObject(7, time.time(facts.loadedAt()));
      insert.setLong(8, file.length());
      insert.setString(9, file.sha256().hex());
      insert.setBinaryStream(10, bytes, file.length());
      insert.executeUpdate();
      return true;
    } catch (SQLException failure) {
      if (database.dialect().saysDuplicate(failure)) {
        return false;
      }
      throw failure;
    }
  }
}
