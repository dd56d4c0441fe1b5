package dev.landfall.sink.jdbc;

import dev.landfall.file.ExportedFile;
import dev.landfall.format.BadRecords;
import dev.landfall.format.DelimitedText;
import dev.landfall.format.ExportedRecord;
import dev.landfall.format.RecordFormat;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Text that is read one by one, in the midst of which something happens, once. */
final class CutText implements RecordFormat {

  private final long line;
  private final Cut cut;
  private boolean done;

  CutText(long line, Cut cut) {
    this.line = line;
    this.cut = cut;
  }

  /** What happens. */
  interface Cut {
    void happen() throws SQLException;
  }

  boolean isCut() {
    return done;
  }

  @Override
  public Records read(ExportedFile file, BadRecords bad) throws IOException {
    Records records = DelimitedText.csv().read(file, bad);
    return new Records() {
      @Override
      public List<String> names() {
        return records.names();
      }

      @Override
      public @Nullable ExportedRecord next() throws IOException {
        ExportedRecord next = records.next();
        if (!done && next != null && next.line() == line) {
          done = true;
          happen();
        }
        return next;
      }

      @Override
      public void close() throws IOException {
        records.close();
      }
    };
  }

  private void happen() {
    try {
      cut.happen();
    } catch (SQLException unwilling) {
      throw new IllegalStateException(unwilling);
    }
  }
}
