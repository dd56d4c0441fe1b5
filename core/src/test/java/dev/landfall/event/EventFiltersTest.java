package dev.landfall.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class EventFiltersTest {

  private static final BusinessEvent EXPORT = BusinessEvent.of(Payload.of(Map.of(
      "EventId", "e-1",
      "EventTime", "/Date(1893456300000)/",
      "BusinessEventId", "NAVAXDMFExportBusinessEvent",
      "EntityName", "Customer groups",
      "LegalEntity", "USMF",
      "NoOfRecords", 12)));

  @Test
  void companiesAndEntitiesAreComparedWithoutCase() {
    assertTrue(EventFilters.legalEntity("usmf").matches(EXPORT));
    assertTrue(EventFilters.entity("CUSTOMER GROUPS").matches(EXPORT));
    assertFalse(EventFilters.entity("Customers").matches(EXPORT));
  }

  @Test
  void typesAreComparedExactlyByPrefixOrByPattern() {
    assertTrue(EventFilters.type("NAVAXDMFExportBusinessEvent").matches(EXPORT));
    assertFalse(EventFilters.type("navaxdmfexportbusinessevent").matches(EXPORT));
    assertTrue(EventFilters.typeStartingWith("NAVAX").matches(EXPORT));
    assertTrue(EventFilters.typeMatching(Pattern.compile(".*Export.*")).matches(EXPORT));
    assertFalse(EventFilters.typeMatching(Pattern.compile("Export")).matches(EXPORT));
  }

  @Test
  void recordsAreCountedFromTheBoundOn() {
    assertTrue(EventFilters.recordsAtLeast(12).matches(EXPORT));
    assertFalse(EventFilters.recordsAtLeast(13).matches(EXPORT));
  }

  @Test
  void anAbsentMemberNeverMatches() {
    assertFalse(EventFilters.projectCategory("Integration").matches(EXPORT));
    assertFalse(EventFilters.member("Status", status -> true).matches(EXPORT));
  }

  @Test
  void aFilterReadsAsText() {
    assertEquals("type is X", EventFilters.any().and(EventFilters.type("X")).toString());
    assertEquals(
        "((entity is Customer groups and legal entity is usmf) or not type is X)",
        EventFilters.entity("Customer groups")
            .and(EventFilters.legalEntity("USMF"))
            .or(EventFilters.type("X").negate())
            .toString());
  }
}
