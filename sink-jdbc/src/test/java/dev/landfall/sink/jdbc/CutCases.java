package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.LandfallException;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A process that ends, or a network that breaks, at any statement. */
interface CutCases extends TableSinkCase {

  @Test
  default void aCutAtAnyStepLeavesTheTableAsBeforeOrAfterAndTheNextTryCompletesIt()
      throws Exception {
    StringBuilder text = new StringBuilder("ID,NAME\n");
    IntStream.range(0, 1001).forEach(i -> text.append(i).append(",new\n"));
    for (boolean afterTheStep : new boolean[] {false, true}) {
      FailingDatabase.Countdown countdown = new FailingDatabase.Countdown(1, afterTheStep);
      for (int step = 1; step == 1 || countdown.broken(); step++) {
        countdown = new FailingDatabase.Countdown(step, afterTheStep);
        cutAndRepeat(csv("cut-" + afterTheStep + step, text.toString()), countdown, step % 2 == 0);
      }
    }
  }

  private JdbcTableSink pushing(DataSource database) {
    return JdbcTableSink.into(database).table("groups").replaceBy("ID").build();
  }

  private List<String> groups() throws Exception {
    return rows("groups", "ID", "NAME");
  }

  private void cutAndRepeat(
      ExportedFile file, FailingDatabase.Countdown countdown, boolean firstIntoTheTable)
      throws Exception {
    tested().empty();
    if (!firstIntoTheTable) {
      pushing(database()).store(csv("before", "ID,NAME\n7,old\nx,old\n"));
    }
    List<String> before = groups();
    List<String> left;
    try {
      pushing(FailingDatabase.of(database(), countdown)).store(file);
      left = groups();
      assertFalse(left.equals(before));
    } catch (LandfallException cut) {
      assertTrue(cut.retryable(), cut::getMessage);
      left = groups();
    }
    Receipt receipt = pushing(database()).store(file);
    assertEquals(1001L, receipt.recordCount());
    List<String> after = groups();
    assertEquals(firstIntoTheTable ? 1001 : 1002, after.size());
    assertTrue(left.equals(before) || left.equals(after), () -> "between before and after");
  }
}
