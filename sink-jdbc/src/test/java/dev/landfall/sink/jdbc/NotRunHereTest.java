package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.sink.jdbc.Target.Column;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Databases that do not run here, by the letter of their documentation. */
class NotRunHereTest {

  private static String upsert(Dialect dialect) {
    List<Column> columns = Stream.of("ID", "NAME", "time")
        .map(name -> new Column(name, ColumnType.TEXT, 0, null))
        .toList();
    Target target =
        new Target(new TableName(null, "groups"), columns, List.of(0), Optional.of("time"));
    return dialect.upsert().sql(dialect, target);
  }

  @Test
  void mySqlReplacesWhatIsNotNewerAndItsTimeLast() {
    assertEquals(
        "INSERT INTO `groups` (`ID`, `NAME`, `time`) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE"
            + " `NAME` = IF(`time` IS NULL OR `time` <= VALUES(`time`), VALUES(`NAME`), `NAME`),"
            + " `time` = IF(`time` IS NULL OR `time` <= VALUES(`time`), VALUES(`time`), `time`)",
        upsert(Dialect.MYSQL));
  }

  @Test
  void sqlServerMergesARowOfParametersAndEndsWithASemicolon() {
    assertEquals(
        "MERGE INTO \"groups\" WITH (HOLDLOCK) AS present USING (VALUES (?, ?, ?)) AS excluded"
            + " (\"ID\", \"NAME\", \"time\") ON present.\"ID\" = excluded.\"ID\" WHEN MATCHED AND"
            + " (present.\"time\" IS NULL OR present.\"time\" <= excluded.\"time\") THEN UPDATE SET"
            + " \"NAME\" = excluded.\"NAME\", \"time\" = excluded.\"time\" WHEN NOT MATCHED THEN"
            + " INSERT (\"ID\", \"NAME\", \"time\") VALUES (excluded.\"ID\", excluded.\"NAME\","
            + " excluded.\"time\");",
        upsert(Dialect.SQL_SERVER));
  }

  @Test
  void oracleMergesARowOfDual() {
    assertEquals(
        "MERGE INTO \"groups\" present USING (SELECT ? AS \"ID\", ? AS \"NAME\", ? AS \"time\" FROM"
            + " dual) excluded ON (present.\"ID\" = excluded.\"ID\") WHEN MATCHED THEN UPDATE SET"
            + " \"NAME\" = excluded.\"NAME\", \"time\" = excluded.\"time\" WHERE present.\"time\" IS"
            + " NULL OR present.\"time\" <= excluded.\"time\" WHEN NOT MATCHED THEN INSERT (\"ID\","
            + " \"NAME\", \"time\") VALUES (excluded.\"ID\", excluded.\"NAME\", excluded.\"time\")",
        upsert(Dialect.ORACLE));
  }

  @Test
  void aMissingTableIsToldByTheStateThatEachDriverHasForIt() {
    assertTrue(Dialect.SQL_SERVER.saysMissing(new SQLException("Invalid object", "S0002", 208)));
    assertFalse(Dialect.SQL_SERVER.saysMissing(new SQLException("Denied", "S0005", 229)));
    assertTrue(Dialect.ORACLE.saysMissing(new SQLException("ORA-00942", "42000", 942)));
  }

  @Test
  void timesWithAZoneAreKnownByTheNumbersOfTheirDrivers() {
    assertEquals(Types.TIMESTAMP_WITH_TIMEZONE, Dialect.SQL_SERVER.sqlType(-155, "datetimeoffset"));
    assertEquals(
        Types.TIMESTAMP_WITH_TIMEZONE, Dialect.ORACLE.sqlType(-101, "TIMESTAMP WITH TIME ZONE"));
  }
}
