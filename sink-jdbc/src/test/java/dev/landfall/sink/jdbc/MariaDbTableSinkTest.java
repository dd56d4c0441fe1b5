package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.landfall.format.JsonText;
import dev.landfall.testkit.ExportedFiles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class MariaDbTableSinkTest implements TableSinkCase {

  @TempDir
  Path folder;

  @RegisterExtension
  static final MariaDb MARIADB = new MariaDb();

  @Override
  public TestDatabase tested() {
    return MARIADB;
  }

  @Override
  public ExportedFiles files() {
    return ExportedFiles.in(folder);
  }

  private JdbcTableSinkBuilder through(String options, String table) throws Exception {
    return JdbcTableSink.into(MARIADB.database(options)).table(table);
  }

  @Test
  void aSessionThatCutsIsMadeStrict() throws Exception {
    create("texts", "text TEXT", "kind ENUM('a','b')", "small INT UNSIGNED");
    JdbcTableSink lax = through("&sessionVariables=sql_mode=''", "texts").build();
    assertRefused(lax, csv("1", "TEXT\n" + "ä".repeat(40_000) + "\n"));
    assertRefused(lax, csv("2", "KIND\nc\n"));
    assertRefused(lax, csv("3", "SMALL\n-1\n"));
    assertEquals(List.of(), rows("texts"));
  }

  @Test
  void aTimestampIsInUtcWhateverTheSessionsZone() throws Exception {
    create("times", "at TIMESTAMP(6) NULL");
    through("&sessionVariables=time_zone='-05:00'", "times")
        .build()
        .store(csv("1", "AT\n2026-03-29T02:30:00Z\n"));
    assertEquals(
        List.of("1"),
        Rows.of(database(), "SELECT COUNT(*) FROM times WHERE UNIX_TIMESTAMP(at) = 1774751400"));
  }

  @Test
  void aYearIsANumber() throws Exception {
    create("years", "year YEAR");
    appending("years").store(csv("1", "YEAR\n2026\n"));
    assertEquals(List.of("1"), Rows.of(database(), "SELECT COUNT(*) FROM years WHERE year = 2026"));
  }

  @Test
  void aFieldThatIsTooLargeForAPacketIsRefusedForGood() throws Exception {
    Rows.execute(database(), "CREATE TABLE texts (text LONGTEXT)");
    Rows.execute(database(), "SET GLOBAL max_allowed_packet = 1048576");
    try {
      String message = assertRefused(
          through("", "texts").format(JsonText.json().withLongestField(4 << 20)).build(),
          csv("1", "[{\"TEXT\":\"" + "x".repeat(3 << 20) + "\"}]"));
      assertEquals(
          "Line 1: a record of less than 1048576 bytes was expected (max_allowed_packet of the server),"
              + " and this has 3145728",
          message);
    } finally {
      Rows.execute(database(), "SET GLOBAL max_allowed_packet = 16777216");
    }
  }
}
