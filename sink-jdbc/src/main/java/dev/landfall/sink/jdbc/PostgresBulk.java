package dev.landfall.sink.jdbc;

import dev.landfall.format.PlainText;
import dev.landfall.sink.jdbc.Target.Column;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * Writes rows with PostgreSQL's COPY: right into the table, or, where they replace others, into a
 * temporary one that is then merged into it.
 */
final class PostgresBulk implements RowWriter {

  private static final int BLOCK = 64 * 1024;

  /** No table of the user's has this name, as it would be hidden by ours. */
  private static final String STAGED = "\"landfall staged \u00a7\"";

  /** A key is in the file twice. */
  private static final String TWICE = "21000";

  /**
   * Besides: somebody else has added a key meanwhile, or the server is another's, without MERGE.
   */
  private static final Set<String> NOT_MERGED = Set.of(TWICE, "23505", "0A000", "42601");

  private final Database database;
  private final Target target;
  private final CopyManager copies;
  private final CopyText text = new CopyText();
  private final boolean staged;

  /** Those whose values differ from row to row; they are the first. */
  private final List<Column> fields;

  private @Nullable CopyIn copy;

  private PostgresBulk(Database database, Target target, CopyManager copies) throws SQLException {
    this.database = database;
    this.target = target;
    this.copies = copies;
    staged = !target.keys().isEmpty() || refusesCopies();
    fields = staged
        ? target.columns().stream().filter(column -> !column.isConstant()).toList()
        : target.columns();
    if (staged) {
      database.execute("CREATE TEMPORARY TABLE %s ON COMMIT DROP AS SELECT %s FROM %s WITH NO DATA"
          .formatted(STAGED, names(fields), database.quoted(target.table())));
    }
  }

  /** {@return what writes fastest, if the connection, which a pool may hide, knows COPY} */
  static Optional<PostgresBulk> of(Database database, Target target) throws SQLException {
    if (!database.connection().isWrapperFor(PGConnection.class)) {
      return Optional.empty();
    }
    CopyManager copies = database.connection().unwrap(PGConnection.class).getCopyAPI();
    return Optional.of(new PostgresBulk(database, target, copies));
  }

  /** {@return whether rows can only be inserted, as into a view and past policies for rows} */
  private boolean refusesCopies() throws SQLException {
    try (PreparedStatement select = database.prepare(
        "SELECT relkind = 'v' OR row_security_active(oid) FROM pg_class WHERE oid = to_regclass(?)")) {
      select.setString(1, database.quoted(target.table()));
      try (ResultSet found = select.executeQuery()) {
        return found.next() && found.getBoolean(1);
      }
    }
  }

  private String names(List<Column> columns) {
    return database.dialect().quoted(columns.stream().map(Column::name).toList());
  }

  private String into() {
    return "COPY %s (%s) FROM STDIN"
        .formatted(staged ? STAGED : database.quoted(target.table()), names(fields));
  }

  @Override
  public void add(long line, @Nullable Object[] values) throws SQLException {
    text.row(values, fields.size());
    if (text.length() >= BLOCK) {
      send();
    }
  }

  /**
   * Writes all records of a text as it is.
   *
   * @return how many there are
   * @throws IOException if the text is not as plain as it seemed, or cannot be read
   */
  long addAll(PlainText plain) throws SQLException, IOException {
    // An unquoted field is null if it is equal to a text; this one is in no file.
    String sql = into()
        + " (FORMAT csv, ENCODING 'UTF8', DELIMITER %s, QUOTE %s, NULL '%s')"
            .formatted(literal(plain.delimiter()), literal(plain.qualifier()), UUID.randomUUID());
    copies.copyIn(sql, plain, BLOCK);
    if (isBlankIn(target.keyNames())) {
      throw new SQLException("A record has a blank key, and is looked for.");
    }
    return plain.records();
  }

  /**
   * {@return whether a row that was staged has nothing in some column}, as records are looked at
   */
  private boolean isBlankIn(List<String> keys) throws SQLException {
    if (keys.isEmpty()) {
      return false;
    }
    String blanks = IntStream.rangeClosed(1, ' ')
        .mapToObj("\\x%02x"::formatted)
        .collect(Collectors.joining("", "E'", "'"));
    String blank = keys.stream()
        .map(key -> "btrim(" + database.quoted(key) + ", " + blanks + ") = ''")
        .collect(Collectors.joining(" OR "));
    try (PreparedStatement select =
            database.prepare("SELECT 1 FROM " + STAGED + " WHERE " + blank + " LIMIT 1");
        ResultSet found = select.executeQuery()) {
      return found.next();
    }
  }

  private static String literal(char character) {
    return character == '\'' ? "''''" : "E'\\x%02x'".formatted((int) character);
  }

  private void send() throws SQLException {
    if (copy == null) {
      copy = copies.copyIn(into() + " (ENCODING 'UTF8')");
    }
    copy.writeToCopy(text.bytes(), 0, text.length());
    text.clear();
  }

  @Override
  public void pause() throws SQLException {
    if (text.length() > 0) {
      send();
    }
    if (copy != null) {
      copy.endCopy();
      copy = null;
    }
  }

  @Override
  public void finish() throws SQLException {
    pause();
    if (!staged) {
      return;
    }
    if (target.keys().isEmpty()) {
      insert("");
    } else {
      upsert();
    }
  }

  private void upsert() throws SQLException {
    PostgresMerge merge = new PostgresMerge(database, target, STAGED);
    if (!merge.leavesTheSame()) {
      insertOrUpdate();
      return;
    }
    // A file of a few rows would otherwise be joined with all that are there.
    execute(
        "ANALYZE %s (%s)".formatted(STAGED, database.dialect().quoted(target.keyNames())),
        List.of());
    Savepoint before = database.savepoint();
    try {
      execute(merge.sql(), merge.constants());
    } catch (SQLException failure) {
      if (!NOT_MERGED.contains(String.valueOf(failure.getSQLState()))) {
        throw failure;
      }
      database.rollbackTo(before);
      insertOrUpdate();
    }
  }

  /** A key that is there twice, which is rare, makes it necessary to find the last of each. */
  private void insertOrUpdate() throws SQLException {
    Savepoint before = database.savepoint();
    try {
      insert("");
    } catch (SQLException failure) {
      if (!TWICE.equals(failure.getSQLState())) {
        throw failure;
      }
      database.rollbackTo(before);
      insert("DISTINCT ON (" + database.dialect().quoted(target.keyNames()) + ")");
    }
  }

  private void insert(String distinct) throws SQLException {
    String keys = database.dialect().quoted(target.keyNames());
    List<Column> constants =
        target.columns().stream().filter(Column::isConstant).toList();
    String values = target.columns().stream()
        .map(column -> column.isConstant() ? "?" : database.quoted(column.name()))
        .collect(Collectors.joining(", "));
    String sql = "INSERT INTO %s AS present (%s) SELECT %s %s FROM %s%s %s"
        .formatted(
            database.quoted(target.table()),
            names(target.columns()),
            distinct,
            values,
            STAGED,
            distinct.isEmpty() ? "" : " ORDER BY " + keys + ", ctid DESC",
            keys.isEmpty() ? "" : Upsert.onConflict(database.dialect(), target));
    execute(sql, constants);
  }

  /** Runs a statement whose parameters are the values of these columns. */
  private void execute(String sql, List<Column> constants) throws SQLException {
    try (PreparedStatement statement = database.prepare(sql)) {
      int next = 1;
      for (Column column : constants) {
        database.dialect().bind(statement, next++, column.constant(), column.type());
      }
      statement.execute();
    }
  }

  @Override
  public void close() throws SQLException {
    if (copy != null && copy.isActive()) {
      copy.cancelCopy();
    }
  }
}
