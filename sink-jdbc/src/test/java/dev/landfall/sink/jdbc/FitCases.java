package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Columns that keep less than a value has: it is refused, never rounded or cut. */
interface FitCases extends TableSinkCase {

  private boolean keepsFractionsAsText() {
    return tested().product().equals("SQLite");
  }

  /** MariaDB alone has another word for a time without a zone that is taken as it is. */
  private String time(int digits) {
    return (tested().product().equals("MariaDB") ? "DATETIME(" : "TIMESTAMP(") + digits + ")";
  }

  @Test
  default void aFractionOfASecondThatTheColumnWouldRoundIsRefused() throws Exception {
    create("times", "at " + time(0), "fine " + time(6), "hour TIME(0)");
    if (!keepsFractionsAsText()) {
      assertRefused(
          appending("times"),
          csv("1", "AT\n2026-01-01T00:00:00\n2026-01-01T00:00:00.6\n"),
          "Line 3: column at: a time with at most 0 digits of its second's fraction was expected,"
              + " and '2026-01-01T00:00:00.6' is none");
      assertRefused(appending("times"), csv("2", "HOUR\n10:00:00.6\n"));
    }
    assertRefused(appending("times"), csv("3", "FINE\n2026-01-01T00:00:00.1234567\n"));
    appending("times").store(csv("4", "FINE\n2026-01-01T00:00:00.1234560\n"));
    assertEquals(1, rows("times").size());
  }

  @Test
  default void aTimeOfExportsThatTheColumnWouldRoundIsRefused() throws Exception {
    if (keepsFractionsAsText()) {
      return;
    }
    create("groups", "id VARCHAR(20) PRIMARY KEY", "exported " + time(0));
    String message = assertRefused(
        into("groups").upsertBy("ID").exportTimeColumn("exported").build(), csv("1", "ID\n1\n"));
    assertTrue(message.startsWith("Column exported of table groups"), message);
  }

  @Test
  default void aNumberOfMoreDigitsThanAnyoneWritesIsRefusedAtOnce() throws Exception {
    create("numbers", "amount DOUBLE PRECISION");
    assertRefused(
        appending("numbers"),
        csv("1", "AMOUNT\n" + "9".repeat(1_000_001) + "\n"),
        "Line 2: column amount: a number of at most 1000 characters was expected, and"
            + " '9999999999999999999999999999999999999999...' is none");
  }

  @Test
  default void aFirstFullPushOfNothingIsStored() throws Exception {
    into("groups").replaceBy("ID").build().store(csv("1", ""));
    into("others").replace().build().store(csv("2", ""));
    assertEquals(List.of("replace|0", "replace|0"), own("landfall_load", "way", "row_count"));
  }

  @Test
  default void aFullPushOfNothingIsRefusedIfTheTableHasNoCompanies() throws Exception {
    create("groups", "id VARCHAR(20) PRIMARY KEY");
    String message = assertRefused(into("groups").replaceBy("ID").build(), csv("1", ""));
    assertTrue(
        message.startsWith("Table groups is to have a column landfall_legal_entity"), message);
  }

  @Test
  default void aColumnOfMetadataMayBeSpelledAlike() throws Exception {
    create("groups", "id VARCHAR(20)", "EVENT_ID VARCHAR(50)");
    into("groups").eventIdColumn("event_id").build().store(csv("event-1", "ID\n1\n"));
    assertEquals(List.of("1|event-1"), rows("groups"));
  }
}
