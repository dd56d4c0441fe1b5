package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Values that become what their column takes. */
interface ValueCases extends TableSinkCase {

  private void createTyped() throws Exception {
    create(
        "typed",
        "id INTEGER",
        "amount DECIMAL(10,2)",
        "ratio DOUBLE PRECISION",
        "active BOOLEAN",
        "day DATE",
        "at TIMESTAMP" + ("MariaDB".equals(tested().product()) ? " NULL" : ""),
        "name VARCHAR(5)");
  }

  @Test
  default void textsBecomeWhatTheirColumnTakes() throws Exception {
    createTyped();
    appending("typed").store(csv("1", """
                ID,AMOUNT,RATIO,ACTIVE,DAY,AT,NAME
                1,12.50,0.5,Yes,2026-02-28,2026-02-28T13:45:00Z,a
                -2, 7 ,1e3,no,2026/02/28 00:00:00,2026-02-28 14:45:00+01:00,""
                ,,,,1900-01-01,1900-01-01T00:00:00,
                """));
    List<String> whole = rows("typed", "id", "name");
    assertEquals(List.of("-2|", "1|a", "null|"), whole);
    assertEquals(List.of("2026-02-28", "2026-02-28", "null"), rows("typed", "day"));
    for (String time : rows("typed", "at").subList(0, 2)) {
      assertTrue(time.startsWith("2026-02-28") && time.contains("13:45:00"), time);
    }
    assertEquals("null", rows("typed", "at").get(2));
    assertEquals(
        List.of("1"),
        Rows.of(
            database(),
            "SELECT COUNT(*) FROM %s WHERE %s = 12.5 AND %s = 0.5 AND %s"
                .formatted(quoted("typed"), quoted("amount"), quoted("ratio"), quoted("active"))));
  }

  @Test
  default void whatDoesNotFitIsRefusedWithLineColumnAndValue() throws Exception {
    createTyped();
    assertUnfit(
        "ID\n1\nx1\n",
        "column id: a number with '.' before its fraction and nothing between"
            + " its thousands was expected, and 'x1' is none");
    assertUnfit("ID\n1\n1.5\n", "column id: a whole number was expected, and '1.5' is none");
    assertUnfit(
        "RATIO\n1\n1e999\n", "column ratio: a smaller number was expected, and '1e999' is none");
    assertUnfit(
        "ACTIVE\n1\nmaybe\n",
        "column active: Yes or No, true or false, 1 or 0 was expected, and 'maybe' is none");
    assertUnfit(
        "DAY\n2026-01-01\n8/25/2020\n",
        "column day: a date such as 2026-11-25 or 2026-11-25T13:45:00Z was expected (dates(...) tells"
            + " the sink other forms), and '8/25/2020' is none");
    assertUnfit(
        "DAY\n2026-01-01\n2026-02-30\n",
        "column day: a date such as 2026-11-25 or 2026-11-25T13:45:00Z was expected (dates(...) tells"
            + " the sink other forms), and '2026-02-30' is none");
    assertUnfit(
        "DAY\n2026-01-01\n2026-01-01T01:00:00\n",
        "column day: a day without a time was expected, and '2026-01-01T01:00:00' is none");
    assertEquals(List.of(), rows("typed"));
  }

  private void assertUnfit(String text, String message) throws Exception {
    assertRefused(appending("typed"), csv("1", text), "Line 3: " + message);
  }

  @Test
  default void whatWouldBeCutOrRoundedIsRefusedWhereTheDatabaseDoesSo() throws Exception {
    createTyped();
    if (!tested().product().equals("SQLite")) {
      assertUnfit(
          "NAME\nÄÖÜ😀x\nabcdef\n",
          "column name: a text of at most 5 characters was expected, and this has 6");
      assertUnfit(
          "AMOUNT\n12345678.90\n0.001\n",
          "column amount: a number with at most 8 digits before its point and 2 after it was expected,"
              + " and '0.001' is none");
      assertUnfit(
          "ID\n2147483647\n2147483648\n",
          "column id: a whole number from -2147483648 to 2147483647 was expected, and '2147483648' is none");
    } else {
      appending("typed").store(csv("1", "ID,NAME\n2147483648,abcdef\n"));
      assertEquals(List.of("2147483648|abcdef"), rows("typed", "id", "name"));
    }
  }

  @Test
  default void theUserTellsHowDatesAndNumbersAreWritten() throws Exception {
    createTyped();
    into("typed")
        .dates(
            DateTimeFormatter.ofPattern("M/d/uuuu H:mm", Locale.ROOT),
            DateTimeFormatter.ofPattern("M/d/uuuu", Locale.ROOT))
        .decimalSeparator(',')
        .keepNullDates()
        .build()
        .store(csv(
            "1",
            "AMOUNT,DAY,AT\n\"12,5\",8/25/2020,8/25/2020 13:03\n1,1900-01-01,2020-08-25T13:03\n"));
    assertEquals(List.of("1900-01-01", "2020-08-25"), rows("typed", "day"));
    for (String time : rows("typed", "at")) {
      assertTrue(time.contains("13:03"), time);
    }
    assertEquals(
        List.of("1"),
        Rows.of(
            database(),
            "SELECT COUNT(*) FROM %s WHERE %s = 12.5"
                .formatted(quoted("typed"), quoted("amount"))));
  }

  @Test
  default void badRecordsGoToATableOfTheirOwn() throws Exception {
    createTyped();
    into("typed")
        .badRecordsTo("typed_bad")
        .build()
        .store(csv("event-1", "ID,NAME\n1,a\nx,\"b\"\"\"\n3,c\n4,abc\n"));
    assertEquals(List.of("1|a", "3|c", "4|abc"), rows("typed", "id", "name"));
    assertEquals(
        List.of(
            "event-1|typed|export.csv|3|column id: a number with '.' before its fraction and nothing"
                + " between its thousands was expected, and 'x' is none|\"x\",\"b\"\"\""),
        own("typed_bad", "event_id", "table_name", "file_name", "line", "cause", "record"));
    assertEquals(List.of("3|1"), own("landfall_load", "row_count", "bad_count"));
  }

  @Test
  default void aTextWithANulIsStoredOrRefusedWithItsLine() throws Exception {
    if (tested().product().equals("PostgreSQL")) {
      String message = assertRefused(appending("texts"), csv("1", "ID\n1\na\0b\n"));
      assertEquals(
          "Line 3: column ID: a text without a NUL character was expected, and this has one",
          message);
      assertEquals(List.of(), rows("texts"));
    } else {
      appending("texts").store(csv("1", "ID\n1\na\0b\n"));
      assertEquals(List.of("1", "a\0b"), rows("texts"));
    }
  }
}
