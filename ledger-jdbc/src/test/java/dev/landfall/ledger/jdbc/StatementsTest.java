package dev.landfall.ledger.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementsTest {

  @TempDir
  private Path folder;

  @Test
  void aListMayHaveAnyLength() throws Exception {
    try (SqliteFile file = SqliteFile.open(folder.resolve("ledger.db"))) {
      Statements statements = new Statements(file.connection());
      statements.execute("CREATE TABLE numbers (n INTEGER)");
      List<Long> numbers = LongStream.range(0, 1_000).boxed().toList();
      List<Object[]> rows = new ArrayList<>();
      numbers.forEach(number -> rows.add(new Object[] {number}));
      statements.batch("INSERT INTO numbers VALUES (?)", rows);
      String sql = "SELECT n FROM numbers WHERE n < ? AND n IN (...)";
      for (int length : new int[] {0, 1, 2, 3, 255, 256, 257, 900}) {
        List<Long> listed = numbers.subList(0, length);
        assertEquals(listed, statements.listIn(sql, row -> row.getLong(1), listed, 1_000));
        assertEquals(
            Math.min(length, 2),
            statements.listIn(sql, row -> row.getLong(1), listed, 2).size());
      }
    }
  }

  @Test
  void moreStatementsThanAreKeptPreparedStillRun() throws Exception {
    try (SqliteFile file = SqliteFile.open(folder.resolve("ledger.db"))) {
      Statements statements = new Statements(file.connection());
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 500; i++) {
          assertEquals(List.of((long) i), statements.list("SELECT " + i, row -> row.getLong(1)));
        }
      }
    }
  }

  @Test
  void whatNoDatabaseHoldsIsReplaced() {
    assertEquals("a\uFFFDb", Statements.storable("a\0b"));
    assertEquals("\uFFFD\uFFFD \uD83D\uDCE6", Statements.storable("\uDCE6\uD83D \uD83D\uDCE6"));
    String plain = "plain \u0001 ü 鍵";
    assertSame(plain, Statements.storable(plain));
  }
}
