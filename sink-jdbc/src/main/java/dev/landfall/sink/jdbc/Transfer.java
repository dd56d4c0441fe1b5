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
final class Transfer implements AutoCloseable {

  private final Database database;
  private final Loading loading;
  private final ExportedFile file;
  private final RecordFormat format;
  private final @Nullable BadTable bad;

  /** At their beginning, and not taken yet; what comes before it may have read the whole file. */
  private @Nullable Records opened;

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
    opened = format.read(file, choice());
    return opened.names();
  }

  /** {@return the records from their beginning, to be closed} */
  private Records records() throws IOException {
    Records records = opened == null ? format.read(file, choice()) : opened;
    opened = null;
    return records;
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
    try (Records records = records()) {
      Optional<PlainText> text = canBeCopied(target, records) ? records.plain() : Optional.empty();
      if (text.isEmpty()) {
        return writeEach(records, target);
      }
      Optional<Long> rows = write(text.get(), target);
      if (rows.isPresent()) {
        return rows.get();
      }
    }
    // One by one, either the records go in, or the place is found where they do not.
    try (Records records = records()) {
      return writeEach(records, target);
    }
  }

  private boolean canBeCopied(Target target, Records records) {
    return database.dialect() == Dialect.POSTGRESQL
        && target.isPlain(records.names().size());
  }

  /** {@return how many rows went in as the text they are; empty if that was undone} */
  private Optional<Long> write(PlainText text, Target target) throws SQLException, IOException {
    Savepoint before = database.savepoint();
    try (RowWriter writer = RowWriters.bulk(database, target).orElse(null)) {
      if (!(writer instanceof PostgresBulk bulk)) {
        return Optional.empty();
      }
      long rows = bulk.addAll(text);
      bulk.finish();
      return Optional.of(rows);
    } catch (PlainText.NotPlainException | SQLException one) {
      database.rollbackTo(before);
      return Optional.empty();
    }
  }

  private long writeEach(Records records, Target target) throws SQLException, IOException {
    long rows = 0;
    boolean takesNul = database.dialect().takesNul();
    BadRecords choice = choice();
    try (RowWriter writer = RowWriters.of(database, target)) {
      for (ExportedRecord next = records.next(); next != null; next = records.next()) {
        try {
          @Nullable Object[] values = target.values(next, loading.values(), takesNul);
          Target.checkSize(values, database.largestPacket());
          writer.add(next.line(), values);
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

  /** Closes what was opened and not taken. */
  @Override
  public void close() throws IOException {
    if (opened != null) {
      opened.close();
    }
  }
}
