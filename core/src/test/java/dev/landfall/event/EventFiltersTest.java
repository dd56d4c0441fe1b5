package dev.landfall.event;

import static dev.landfall.event.EventFilters.any;
import static dev.landfall.event.EventFilters.before;
import static dev.landfall.event.EventFilters.between;
import static dev.landfall.event.EventFilters.entity;
import static dev.landfall.event.EventFilters.legalEntity;
import static dev.landfall.event.EventFilters.member;
import static dev.landfall.event.EventFilters.none;
import static dev.landfall.event.EventFilters.operation;
import static dev.landfall.event.EventFilters.projectCategory;
import static dev.landfall.event.EventFilters.recordsAtLeast;
import static dev.landfall.event.EventFilters.recordsAtMost;
import static dev.landfall.event.EventFilters.since;
import static dev.landfall.event.EventFilters.type;
import static dev.landfall.event.EventFilters.typeMatching;
import static dev.landfall.event.EventFilters.typeStartingWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventFiltersTest {

  private static final Instant TIME = Instant.parse("2030-01-01T00:05:00Z");
  private static final BusinessEvent EXPORT = event(Map.of(
      "BusinessEventId", "NAVAXDMFExportBusinessEvent",
      "EntityName", "Customer groups",
      "LegalEntity", "USMF",
      "OperationType", "Export",
      "ProjectCategory", "Integration",
      "NoOfRecords", 12));

  private static BusinessEvent event(Map<String, ?> members) {
    Map<String, Object> all = new HashMap<>(members);
    all.put("EventId", "e-1");
    all.put("EventTime", "/Date(%d)/".formatted(TIME.toEpochMilli()));
    return BusinessEvent.of(Payload.of(all));
  }

  @Test
  void companiesAndEntitiesAreComparedWithoutCase() {
    assertTrue(legalEntity("usmf").matches(EXPORT));
    assertTrue(entity("CUSTOMER GROUPS").matches(EXPORT));
    assertFalse(entity("Customers").matches(EXPORT));
  }

  @Test
  void typesAreComparedExactlyByPrefixOrByPattern() {
    assertTrue(type("NAVAXDMFExportBusinessEvent").matches(EXPORT));
    assertFalse(type("navaxdmfexportbusinessevent").matches(EXPORT));
    assertTrue(typeStartingWith("NAVAX").matches(EXPORT));
    assertFalse(typeStartingWith("DMF").matches(EXPORT));
    assertTrue(typeMatching(Pattern.compile(".*Export.*")).matches(EXPORT));
    assertFalse(typeMatching(Pattern.compile("Export")).matches(EXPORT));
  }

  @Test
  void stepsOfAWorkflowAreFoundByPrefixOrPattern() {
    BusinessEvent step =
        event(Map.of("BusinessEventId", "Workflow_PurchReqReview_000007_Approve_WorkItem"));
    assertTrue(typeStartingWith("Workflow_PurchReqReview_").matches(step));
    assertTrue(typeMatching(Pattern.compile("Workflow_.*_WorkItem")).matches(step));
  }

  @Test
  void operationsAndCategoriesAreComparedWithoutCase() {
    assertTrue(operation("export").matches(EXPORT));
    assertFalse(operation("Import").matches(EXPORT));
    assertTrue(projectCategory("integration").matches(EXPORT));
    assertFalse(projectCategory("Project").matches(EXPORT));
  }

  @Test
  void anImportEventNeverSaysIntegration() {
    BusinessEvent imported = event(Map.of(
        "BusinessEventId", "NAVAXDMFImportStatusBusinessEvent",
        "OperationType", "Import",
        "ProjectCategory", "Project"));
    assertFalse(projectCategory("Integration").matches(imported));
  }

  @ParameterizedTest
  @CsvSource({"11, true, false", "12, true, true", "13, false, true"})
  void recordsAreCountedWithTheBound(long bound, boolean least, boolean most) {
    assertEquals(least, recordsAtLeast(bound).matches(EXPORT));
    assertEquals(most, recordsAtMost(bound).matches(EXPORT));
  }

  @Test
  void anExportWithoutRecordsIsAnExport() {
    assertTrue(recordsAtMost(0).matches(event(Map.of("NoOfRecords", 0))));
    assertFalse(recordsAtLeast(1).matches(event(Map.of("NoOfRecords", 0))));
  }

  @Test
  void aMemberIsAskedForItsPresenceItsTextOrATest() {
    BusinessEvent paid = event(Map.of("Status", "Paid", "Work order GUID", "", "Lines", Map.of()));
    assertTrue(member("Status").matches(paid));
    assertTrue(member("Work order GUID").matches(paid));
    assertTrue(member("Lines").matches(paid));
    assertFalse(member("status").matches(paid));
    assertTrue(member("Status", "Paid").matches(paid));
    assertFalse(member("Status", "paid").matches(paid));
    assertTrue(member("Status", text -> text.startsWith("P")).matches(paid));
    assertFalse(member("Lines", text -> true).matches(paid));
  }

  @ParameterizedTest
  @CsvSource({"-1, false, true, false", "0, true, false, true", "1, true, false, false"})
  void timeIsTakenFromTheFirstInstantToBeforeTheLast(
      long seconds, boolean since, boolean before, boolean between) {
    BusinessEvent event =
        event(Map.of("EventTimeIso8601", TIME.plusSeconds(seconds).toString()));
    assertEquals(since, since(TIME).matches(event));
    assertEquals(before, before(TIME).matches(event));
    assertEquals(between, between(TIME, TIME.plusSeconds(1)).matches(event));
  }

  @Test
  void aSpanOfTimeThatEndsBeforeItBeginsIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> between(TIME, TIME));
    assertThrows(IllegalArgumentException.class, () -> between(TIME, TIME.minusSeconds(1)));
  }

  @Test
  void whatIsAbsentNeverMatches() {
    BusinessEvent bare = event(Map.of());
    Stream.of(
            type("T"),
            typeStartingWith(""),
            typeMatching(Pattern.compile(".*")),
            entity("E"),
            legalEntity("usmf"),
            operation("Export"),
            projectCategory("Integration"),
            recordsAtLeast(0),
            recordsAtMost(99),
            member("Status"),
            member("Status", ""),
            member("Status", text -> true))
        .forEach(filter -> assertFalse(filter.matches(bare), filter.toString()));
  }

  static Stream<Arguments> texts() {
    EventFilter a = type("A");
    EventFilter b = type("B");
    EventFilter c = type("C");
    return Stream.of(
        Arguments.of("any event", any()),
        Arguments.of("no event", none()),
        Arguments.of("no event", any().negate()),
        Arguments.of("type is A", a),
        Arguments.of("type is \"A B\"", type("A B")),
        Arguments.of("type starts with \"Workflow_\"", typeStartingWith("Workflow_")),
        Arguments.of("type matches \"A\\\\d+\"", typeMatching(Pattern.compile("A\\d+"))),
        Arguments.of(
            "type matches \"a\" with flags 2",
            typeMatching(Pattern.compile("a", Pattern.CASE_INSENSITIVE))),
        Arguments.of("entity is \"Customer groups\"", entity("Customer groups")),
        Arguments.of("legal entity is usmf", legalEntity("USMF")),
        Arguments.of("operation is Export", operation("Export")),
        Arguments.of("project category is Integration", projectCategory("Integration")),
        Arguments.of("records at least 1", recordsAtLeast(1)),
        Arguments.of("records at most 9", recordsAtMost(9)),
        Arguments.of("member Status is there", member("Status")),
        Arguments.of("member \"Work order\" is \"a \\\"b\\\"\"", member("Work order", "a \"b\"")),
        Arguments.of("member Status is \"two\\u000alines\"", member("Status", "two\nlines")),
        Arguments.of("member Status passes a test", member("Status", text -> true)),
        Arguments.of("time since 2030-01-01T00:05:00Z", since(TIME)),
        Arguments.of("time before 2030-01-01T00:05:00Z", before(TIME)),
        Arguments.of(
            "time from 2030-01-01T00:05:00Z until 2030-01-01T00:06:00Z",
            between(TIME, TIME.plusSeconds(60))),
        Arguments.of("\"more than paid\"", member("S", t -> true).describedAs("more than paid")),
        Arguments.of("\"all day\"", ((EventFilter) event -> true).describedAs("all day")),
        Arguments.of("type is A and type is B and type is C", a.and(b).and(c)),
        Arguments.of("type is A and type is B and type is C", a.and(b.and(c))),
        Arguments.of("type is A and type is B or type is C", a.and(b).or(c)),
        Arguments.of("type is A and (type is B or type is C)", a.and(b.or(c))),
        Arguments.of("(type is A or type is B) and type is C", a.or(b).and(c)),
        Arguments.of("type is A or type is B or type is C", a.or(b.or(c))),
        Arguments.of("not type is A and type is B", a.negate().and(b)),
        Arguments.of("not (type is A and type is B)", a.and(b).negate()),
        Arguments.of(
            "not (type is A or type is B) or type is C", a.or(b).negate().or(c)),
        Arguments.of("type is A", a.negate().negate()),
        Arguments.of("type is A", any().and(a)),
        Arguments.of("type is A", none().or(a)),
        Arguments.of("type is A and \"b or c\"", a.and(b.or(c).describedAs("b or c"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void aFilterReadsAsText(String text, EventFilter filter) {
    assertEquals(text, filter.toString());
  }

  @Test
  void aFilterOfOnesOwnStandsInQuotes() {
    EventFilter own = new EventFilter() {
      @Override
      public boolean matches(BusinessEvent event) {
        return true;
      }

      @Override
      public String toString() {
        return "mine or yours";
      }
    };
    assertEquals("type is A and \"mine or yours\"", type("A").and(own).toString());
  }
}
