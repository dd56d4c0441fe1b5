package dev.landfall.sink.jdbc;

import dev.landfall.file.ExportedFile;
import dev.landfall.format.BadRecord;
import dev.landfall.format.BadRecords;
import dev.landfall.format.ExportedRecord;
import dev.landfall.format.PlainText;
import dev.landfall.format.RecordFormat;
import dev.landfall.format.RecordFormat.Records;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes the records of a file into its table, within a transaction: as the text that they are where
 * file, table and database allow it, otherwise one by one.
 */
final class Transfer {

  private final Database database;
  private final Loading loading;
  private final ExportedFile file;
  private final RecordFormat format;
  private final @Nullable BadTable bad;

  Transfer(
      Database database, Loading loading, ExportedFile file, RecordFormat format, LoadFacts facts) {
    this.database = database;
    this.loading = loading;
    this.file = file;
    this.format = format;
    bad = loading
        .badTable()
        .map(table -> new BadTable(database, table, loading.table(), facts))
        .orElse(null);
  }

  /** {@return the names of the values of each record; none if there are no records} */
  List<String> fields() throws IOException {
    try (Records records = format.read(file, choice())) {
      return records.names();
    }
  }

  /** {@return how many records were set aside} */
  long badRecords() {
    return bad == null ? 0 : bad.count();
  }

  private BadRecords choice() {
    if (bad != null) {
      return BadRecords.setAside(bad::add);
    }
    return loading.mending() ? BadRecords.mended() : BadRecords.refused();
  }

  /**
   * Writes all records.
   *
   * @param target null if there are none
   * @return how many rows were written
   */
  long into(@Nullable Target target) throws SQLException, IOException {
    if (target == null) {
      return 0;
    }
    Optional<Long> plain = writePlain(target);
    return plain.isPresent() ? plain.get() : writeEach(target);
  }

  /** {@return how many rows went in as the text they are; empty if they did not} */
  private Optional<Long> writePlain(Target target) throws SQLException, IOException {
    if (database.dialect() != Dialect.POSTGRESQL) {
      return Optional.empty();
    }
    Savepoint before = database.savepoint();
    try (Records records = format.read(file, choice())) {
      Optional<PlainText> text =
          target.isPlain(records.names().size()) ? records.plain() : Optional.empty();
      return text.isPresent() ? copied(text.get(), target) : Optional.empty();
    } catch (PlainText.NotPlainException | SQLException one) {
      // One by one, either the records go in, or the place is found where they do not.
      database.rollbackTo(before);
      return Optional.empty();
    }
  }

  private Optional<Long> copied(PlainText text, Target target) throws SQLException, IOException {
    try (RowWriter writer = RowWriters.bulk(database, target).orElse(null)) {
      if (!(writer instanceof PostgresBulk bulk)) {
        return Optional.empty();
      }
      long rows = bulk.addAll(text);
      bulk.finish();
      return Optional.of(rows);
    }
  }

  private long writeEach(Target target) throws SQLException, IOException {
    long rows = 0;
    boolean takesNul = database.dialect().takesNul();
    BadRecords choice = choice();
    try (Records records = format.read(file, choice);
        RowWriter writer = RowWriters.of(database, target)) {
      for (ExportedRecord next = records.next(); next != null; next = records.next()) {
        try {
          writer.add(next.line(), target.values(next, loading.values(), takesNul));
          rows++;
        } catch (UnfitException unfit) {
          choice.keep(new BadRecord(next.line(), unfit.getMessage(), valuesOf(next)));
        }
        writeBad(writer, false);
      }
      writer.finish();
      writeBad(writer, true);
    }
    return rows;
  }

  private void writeBad(RowWriter writer, boolean all) throws SQLException {
    if (bad != null && (all || bad.isFull())) {
      writer.pause();
      bad.write();
    }
  }

  private static List<@Nullable String> valuesOf(ExportedRecord record) {
    List<@Nullable String> values = new ArrayList<>();
    for (int i = 0; i < record.names().size(); i++) {
      values.add(record.value(i));
    }
    return values;
  }
}
