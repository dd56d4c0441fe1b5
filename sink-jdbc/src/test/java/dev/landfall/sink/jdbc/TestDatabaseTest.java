package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TestDatabaseTest {

  private static final String NAME = "we\"ird` 100%";

  static Stream<TestDatabase> databases() {
    return Stream.of(new Postgres(), new MariaDb(), new Sqlite(), new H2(), new Hsqldb());
  }

  @ParameterizedTest
  @MethodSource("databases")
  void itTakesAnyNameAndCharacterIsEmptyForEachTestAndEndsWhenItIsStopped(TestDatabase tested)
      throws Exception {
    tested.open();
    try {
      assertEquals(tested.product(), productOf(tested));
      for (int test = 1; test <= 2; test++) {
        tested.empty();
        assertEquals(List.of(), Rows.tables(tested.database()));
        assertKeepsARow(tested);
      }
    } finally {
      tested.stop();
    }
    assertThrows(SQLException.class, () -> tested.database().getConnection().close());
  }

  private static String productOf(TestDatabase tested) throws SQLException {
    try (Connection connection = tested.database().getConnection()) {
      return connection.getMetaData().getDatabaseProductName();
    }
  }

  private static void assertKeepsARow(TestDatabase tested) throws SQLException {
    String table = tested.quoted(NAME);
    Rows.execute(tested.database(), "CREATE TABLE " + table + " (a VARCHAR(9), b INTEGER)");
    assertEquals(List.of(NAME), Rows.tables(tested.database()));
    try (Connection connection = tested.database().getConnection();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO " + table + " VALUES (?, ?)")) {
      insert.setString(1, "Ää€😀");
      insert.setInt(2, 1);
      insert.executeUpdate();
    }
    assertEquals(List.of("Ää€😀|1"), Rows.ofTable(tested.database(), NAME));
  }
}
