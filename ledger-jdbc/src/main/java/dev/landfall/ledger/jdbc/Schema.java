package dev.landfall.ledger.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/** The ledger's tables in one database. */
final class Schema {

  /** "LAND" in ASCII, which tells our SQLite files from others. */
  private static final int APPLICATION = 0x4c414e44;

  private final Dialect dialect;
  private final String where;
  private final String call;

  /**
   * Tells of the tables; changes nothing.
   *
   * @param dialect which database
   * @param where which one, for people
   * @param call what makes a {@link LedgerSchema} of it
   */
  Schema(Dialect dialect, String where, String call) {
    this.dialect = dialect;
    this.where = where;
    this.call = call;
  }

  /** {@return the statements that create the tables} */
  String sql() {
    return resource(dialect.resource());
  }

  /**
   * {@return which version is there; empty if there is none}
   *
   * @throws IllegalStateException if it is the SQLite file of another application
   */
  OptionalInt version(Connection connection) throws SQLException {
    return dialect == Dialect.SQLITE ? ofFile(connection) : ofServer(connection);
  }

  private OptionalInt ofFile(Connection connection) throws SQLException {
    if (Dialect.text(connection, "SELECT count(*) FROM sqlite_schema").equals("0")) {
      return OptionalInt.empty();
    }
    if (!Dialect.text(connection, "PRAGMA application_id").equals(Integer.toString(APPLICATION))) {
      throw new IllegalStateException(
          "A ledger has a file of its own; %s is the database of another application. Name another file."
              .formatted(where));
    }
    return OptionalInt.of(Integer.parseInt(Dialect.text(connection, "PRAGMA user_version")));
  }

  private static OptionalInt ofServer(Connection connection) throws SQLException {
    try {
      String version = Dialect.text(connection, "SELECT max(version) FROM landfall_schema");
      return version.equals("null")
          ? OptionalInt.empty()
          : OptionalInt.of(Integer.parseInt(version));
    } catch (SQLException failure) {
      String state = String.valueOf(failure.getSQLState());
      // No such table, as PostgreSQL says it, and as the others do.
      if (state.equals("42P01") || state.startsWith("42S0")) {
        return OptionalInt.empty();
      }
      throw failure;
    }
  }

  /**
   * Sees to it that the tables are there as this version of Landfall needs them.
   *
   * @throws IllegalStateException if they are not; tells what mends it
   */
  void require(Connection connection) throws SQLException {
    OptionalInt version = version(connection);
    if (version.isEmpty()) {
      throw new IllegalStateException(
          "The ledger %s has no tables yet, and this version of Landfall needs schema %d. Call %s.create() once."
              .formatted(where, dialect.schema(), call));
    }
    if (version.getAsInt() < dialect.schema()) {
      throw new IllegalStateException(
          "The ledger %s has schema %d, and this version of Landfall needs schema %d. Keep a copy of it and call %s.migrate() while nobody has it open."
              .formatted(where, version.getAsInt(), dialect.schema(), call));
    }
    requireNotNewer(version.getAsInt());
  }

  private void requireNotNewer(int version) {
    if (version > dialect.schema()) {
      throw new IllegalStateException(
          "The ledger %s has schema %d, and this version of Landfall knows schema %d. Use the newer version of Landfall that wrote it."
              .formatted(where, version, dialect.schema()));
    }
  }

  /** Creates the tables, unless they are there; of several instances one does, the others wait. */
  void create(Connection connection) throws SQLException {
    alone(connection, () -> {
      if (version(connection).isEmpty()) {
        run(connection, sql());
      }
    });
    require(connection);
  }

  /** Changes tables of an older version into those of this one. */
  void migrate(Connection connection) throws SQLException {
    alone(connection, () -> {
      OptionalInt version = version(connection);
      if (dialect == Dialect.SQLITE && version.equals(OptionalInt.of(1))) {
        migrateFrom1(connection);
      } else if (dialect == Dialect.SQLITE && version.equals(OptionalInt.of(2))) {
        run(connection, resource("sqlite-from-version-2.sql"));
      }
    });
    require(connection);
  }

  private interface Change {
    void run() throws SQLException;
  }

  /** Runs a change while nobody else can run one; in SQLite all or nothing of it. */
  private void alone(Connection connection, Change change) throws SQLException {
    // H2 has no lock for that, but hardly ever more than one process.
    synchronized (Schema.class) {
      Dialect.execute(connection, dialect.beginChange());
      try {
        change.run();
      } catch (SQLException | RuntimeException failure) {
        Dialect.execute(connection, dialect.endChange(false));
        throw failure;
      }
      Dialect.execute(connection, dialect.endChange(true));
    }
  }

  private void migrateFrom1(Connection connection) throws SQLException {
    Dialect.execute(connection, "CREATE TEMP TABLE digest (name TEXT, digest BLOB, hash INTEGER)");
    List<String> names = new Statements(connection)
        .list(
            "SELECT DISTINCT route AS name FROM landing UNION SELECT DISTINCT sink FROM receipt",
            row -> row.getString("name"));
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO digest VALUES (?, ?, ?)")) {
      for (String name : names) {
        insert.setString(1, name);
        insert.setBytes(2, Digest.ofRoute(name).bytes());
        insert.setLong(3, Digest.ofSink(name));
        insert.executeUpdate();
      }
    }
    run(connection, sql());
    run(connection, resource("sqlite-from-version-1.sql"));
  }

  /** Runs a script that has no semicolons but at the ends of statements and in comments. */
  private static void run(Connection connection, String script) throws SQLException {
    for (String statement : script.replaceAll("(?m)^\\s*--.*$", "").split(";", -1)) {
      if (!statement.isBlank()) {
        Dialect.execute(connection, statement);
      }
    }
  }

  private static String resource(String name) {
    try (InputStream sql = Objects.requireNonNull(Schema.class.getResourceAsStream(name), name)) {
      return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new IllegalStateException("The schema cannot be read from the jar.", broken);
    }
  }
}
