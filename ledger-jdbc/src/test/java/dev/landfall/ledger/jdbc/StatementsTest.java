package dev.landfall.ledger.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementsTest {

  private static final int NORMAL = 1;
  private static final int FULL = 2;

  @TempDir
  private Path folder;

  @Test
  void commitsWaitForTheDiskUnlessToldOtherwiseAndAgainWhenToldAgain() throws Exception {
    try (SqliteFile file = SqliteFile.open(folder.resolve("ledger.db"))) {
      Statements statements = new Statements(file.connection());
      assertEquals(FULL, synchronous(file.connection()));
      for (int i = 0; i < 3; i++) {
        statements.waitForDisk(false);
        assertEquals(NORMAL, synchronous(file.connection()));
        statements.waitForDisk(true);
        assertEquals(FULL, synchronous(file.connection()));
      }
    }
  }

  private static int synchronous(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA synchronous")) {
      return row.getInt(1);
    }
  }
}
