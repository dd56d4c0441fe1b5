package dev.landfall.bench.rows;

import dev.landfall.bench.peer.Postgres;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** The table that every subject loads into: ten columns of text, with a key only for upserts. */
final class InvoiceTable {

  static final String NAME = "invoices";

  private static final String ALL_COLUMNS = String.join(", ", Invoices.COLUMNS);

  private final Postgres database;
  private final Mode mode;

  private InvoiceTable(Postgres database, Mode mode) {
    this.database = database;
    this.mode = mode;
  }

  /** Empties the whole database and makes the table. */
  static InvoiceTable create(Postgres database, Mode mode) throws IOException {
    String key = mode == Mode.UPSERT ? ", PRIMARY KEY (%s)".formatted(Invoices.KEY) : "";
    database.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE %s (%s%s)"
        .formatted(
            NAME,
            Invoices.COLUMNS.stream()
                .map(column -> column + " text")
                .collect(Collectors.joining(", ")),
            key));
    return new InvoiceTable(database, mode);
  }

  /**
   * Makes the table as it is before a load, and leaves nothing of it to be written to disk later.
   *
   * @param rows how many will be loaded
   */
  void prepare(int rows) throws IOException {
    database.execute("TRUNCATE " + NAME);
    if (mode == Mode.UPSERT) {
      String others = "'old ' || number, ".repeat(Invoices.COLUMNS.size() - 2) + "'old'";
      database.execute(
          "INSERT INTO %s SELECT 'FTI-' || lpad(number::text, 8, '0'), %s FROM generate_series(2, %d, 2) number"
              .formatted(NAME, others, rows));
    }
    database.execute("ANALYZE " + NAME);
    database.execute("CHECKPOINT");
  }

  /** {@return what psql is told, which has the file as its input} */
  static List<String> psql(Mode mode) {
    String copy = "\\copy %s FROM STDIN (FORMAT csv, HEADER)";
    if (mode == Mode.APPEND) {
      return List.of(copy.formatted(NAME));
    }
    String values =
        Invoices.COLUMNS.stream().map("staged."::concat).collect(Collectors.joining(", "));
    String merge =
        "MERGE INTO %s USING staged ON %1$s.%2$s = staged.%2$s WHEN MATCHED THEN UPDATE SET %3$s WHEN NOT MATCHED THEN INSERT (%4$s) VALUES (%5$s)"
            .formatted(NAME, Invoices.KEY, replaced("staged"), ALL_COLUMNS, values);
    return List.of(
        "CREATE TEMPORARY TABLE staged AS SELECT * FROM %s WITH NO DATA".formatted(NAME),
        copy.formatted("staged"),
        merge);
  }

  private static String replaced(String by) {
    return Invoices.COLUMNS.stream()
        .filter(column -> !column.equals(Invoices.KEY))
        .map(column -> "%1$s = %2$s.%1$s".formatted(column, by))
        .collect(Collectors.joining(", "));
  }

  /** {@return a statement that loads one row} */
  static String insert(Mode mode) {
    String insert = "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(
            NAME,
            ALL_COLUMNS,
            String.join(", ", Collections.nCopies(Invoices.COLUMNS.size(), "?")));
    if (mode == Mode.APPEND) {
      return insert;
    }
    return insert
        + " ON CONFLICT (%s) DO UPDATE SET %s".formatted(Invoices.KEY, replaced("excluded"));
  }

  /**
   * Makes sure that exactly the rows of a file are there.
   *
   * @throws IOException if a row or a value differs
   */
  void require(Content expected) throws IOException {
    String found = database.text(Content.query(NAME, Invoices.COLUMNS));
    if (!found.equals(expected.text())) {
      throw new IOException("The table has the rows of the file, count and sum %s; there is %s."
          .formatted(expected.text(), found));
    }
  }
}
