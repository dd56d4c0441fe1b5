package dev.landfall.ledger.jdbc;

import dev.landfall.spi.LedgerException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalInt;
import javax.sql.DataSource;

/**
 * The tables of a {@link JdbcLedger}, which are created and changed on request only.
 *
 * <p>Their names begin with {@code landfall_}. On a server they are created where the DataSource's
 * user creates tables unless told otherwise. Each call is done on the calling thread.
 */
public final class LedgerSchema {

  private final Place place;

  private LedgerSchema(Place place) {
    this.place = place;
  }

  /** Does something with the tables of one database, and closes what it opened for that. */
  private interface Place {
    <T> T use(Work<T> work) throws SQLException;

    default boolean isThere() {
      return true;
    }
  }

  private interface Work<T> {
    T on(Schema schema, Connection connection) throws SQLException;
  }

  /**
   * {@return the tables on a server}
   *
   * @param dataSource of PostgreSQL, MariaDB, MySQL or H2; its user may create tables and indexes
   */
  public static LedgerSchema of(DataSource dataSource) {
    return new LedgerSchema(new Place() {
      @Override
      public <T> T use(Work<T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
          return work.on(Server.schema(Dialect.of(connection)), connection);
        }
      }
    });
  }

  /**
   * {@return the tables in a SQLite file}
   *
   * @param file the file, which no pipeline has open
   */
  public static LedgerSchema sqlite(Path file) {
    return new LedgerSchema(new Place() {
      @Override
      public <T> T use(Work<T> work) throws SQLException {
        try (SqliteFile opened = SqliteFile.open(file)) {
          return work.on(opened.schema(), opened.connection());
        }
      }

      @Override
      public boolean isThere() {
        return Files.exists(file);
      }
    });
  }

  /**
   * Creates the tables, and the SQLite file with its folder; does nothing if they are there.
   *
   * @throws LedgerException if the database cannot be reached, or refuses
   * @throws IllegalStateException if there are tables of another version, or the SQLite file holds
   *     something else
   * @throws IllegalArgumentException if no ledger can be kept in this database
   */
  public void create() {
    use((schema, connection) -> {
      schema.create(connection);
      return schema;
    });
  }

  /**
   * Changes the tables of an older version into those that this version of Landfall needs; does
   * nothing if they are that already. All landings, receipts and dead letters are kept. It is all
   * or nothing, takes some minutes for millions of landings, and needs as much disk again. Close
   * all pipelines before, and keep a copy.
   *
   * @throws LedgerException if the database cannot be reached, or refuses
   * @throws IllegalStateException if there are no tables, or those of a newer version, or the
   *     SQLite file holds something else
   * @throws IllegalArgumentException if no ledger can be kept in this database
   */
  public void migrate() {
    use((schema, connection) -> {
      schema.migrate(connection);
      return schema;
    });
  }

  /**
   * {@return the version of the tables; empty if there are none}
   *
   * @throws LedgerException if the database cannot be reached, or refuses
   * @throws IllegalStateException if the SQLite file holds something else
   * @throws IllegalArgumentException if no ledger can be kept in this database
   */
  public OptionalInt version() {
    return place.isThere() ? use(Schema::version) : OptionalInt.empty();
  }

  /**
   * {@return the statements that {@link #create} runs, for those who let nobody but their own tools
   * create tables; they end in semicolons, as no comment in them does}
   *
   * @throws LedgerException if the database cannot be reached
   * @throws IllegalStateException if there is no SQLite file, or it holds something else
   * @throws IllegalArgumentException if no ledger can be kept in this database
   */
  public String sql() {
    return use((schema, connection) -> schema.sql());
  }

  private <T> T use(Work<T> work) {
    try {
      return place.use(work);
    } catch (SQLException failure) {
      throw LedgerException.unavailable(
          "The tables of the ledger cannot be read, created or changed: %s. Check that the database runs and that its user may create tables."
              .formatted(Server.said(failure)),
          failure);
    }
  }
}
