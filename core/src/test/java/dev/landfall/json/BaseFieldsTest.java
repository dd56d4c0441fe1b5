package dev.landfall.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.EventId;
import dev.landfall.event.EventType;
import dev.landfall.event.EventVersion;
import dev.landfall.event.LegalEntity;
import dev.landfall.event.MalformedEventException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The base members of every event: each test is named after the member it proves, in all forms that
 * were seen since 2019.
 */
class BaseFieldsTest {

  private static final String ID = "AAAAAAAA-0000-0000-0000-00000000000F";

  private static BusinessEvent with(String members) {
    return read("\"EventId\":\"" + ID + "\",\"EventTime\":\"/Date(1893456300000)/\"" + members);
  }

  private static BusinessEvent read(String members) {
    return new EventReader().read(("{" + members + "}").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void businessEventId() {
    assertEquals(Optional.empty(), with("").type(), "absent in 2019-06");
    assertEquals(
        Optional.of(EventType.EXPORT),
        with(",\"BusinessEventId\":\"NAVAXDMFExportBusinessEvent\"").type());
    var workflow = "Workflow_PurchReqReview_000007_Approve_WorkItem";
    assertEquals(
        Optional.of(new EventType(workflow)),
        with(",\"BusinessEventId\":\"" + workflow + '"').type());
    assertEquals(Optional.empty(), with(",\"BusinessEventId\":\"\"").type());
  }

  @Test
  void businessEventLegalEntity() {
    assertEquals(Optional.empty(), with("").legalEntity(), "absent before 2022");
    assertEquals(
        Optional.of(new LegalEntity("so01")),
        with(",\"BusinessEventLegalEntity\":\"SO01\",\"LegalEntity\":\"demf\"").legalEntity());
    assertEquals(
        Optional.of(new LegalEntity("demf")),
        with(",\"BusinessEventLegalEntity\":\"\",\"LegalEntity\":\"DEMF\"").legalEntity(),
        "empty for events of all companies");
    assertEquals(
        Optional.of(new LegalEntity("0031")), with(",\"LegalEntity\":\"0031\"").legalEntity());
    assertEquals(Optional.empty(), with(",\"LegalEntity\":\" \"").legalEntity());
  }

  @Test
  void contextRecordSubject() {
    assertEquals(Optional.empty(), with("").contextRecordSubject(), "absent before 2022");
    assertEquals(Optional.empty(), with(",\"ContextRecordSubject\":\"\"").contextRecordSubject());
    assertEquals(
        Optional.of("PO-7"), with(",\"ContextRecordSubject\":\"PO-7\"").contextRecordSubject());
  }

  @Test
  void controlNumber() {
    assertEquals(OptionalLong.empty(), with("").controlNumber(), "absent in 2019-06");
    assertEquals(
        OptionalLong.of(5_637_150_001L), with(",\"ControlNumber\":5637150001").controlNumber());
    assertEquals(
        OptionalLong.of(Long.MIN_VALUE),
        with(",\"ControlNumber\":-9223372036854775808").controlNumber());
    assertEquals(
        OptionalLong.empty(), with(",\"ControlNumber\":9223372036854775808").controlNumber());
  }

  @Test
  void eventId() {
    String time = ",\"EventTime\":\"/Date(0)/\"";
    for (String spelled : List.of(ID, "{" + ID + "}", "aaaaaaaa-0000-0000-0000-00000000000f")) {
      assertEquals(
          new EventId(ID), read("\"EventId\":\"" + spelled + '"' + time).id());
    }
    for (String unusable : List.of("00000000-0000-0000-0000-000000000000", "x".repeat(129))) {
      String message = assertThrows(
              MalformedEventException.class, () -> read("\"EventId\":\"" + unusable + '"' + time))
          .getMessage();
      assertTrue(message.startsWith("The member EventId is unusable."), message);
    }
  }

  @Test
  void eventTime() {
    assertEquals(Instant.parse("2030-01-01T00:05:00Z"), with("").time());
    assertEquals(
        Instant.parse("1969-12-31T23:59:59Z"),
        read("\"EventId\":\"e\",\"EventTime\":\"\\/Date(-1000)\\/\"").time());
  }

  @Test
  void eventTimeIso8601() {
    assertEquals(
        Instant.parse("2030-01-01T00:05:00.123456700Z"),
        with(",\"EventTimeIso8601\":\"2030-01-01T00:05:00.1234567Z\"").time());
    assertEquals(
        Instant.parse("2030-01-01T00:05:00Z"),
        with(",\"EventTimeIso8601\":\"1900-01-01T00:00:00Z\"").time(),
        "the null date tells nothing");
  }

  @Test
  void initiatingUser() {
    assertEquals(Optional.empty(), with("").initiatingUser(), "absent before 2022");
    String member = ",\"InitiatingUserAADObjectId\":\"{%s}\"";
    assertEquals(Optional.of(UUID.fromString(ID)), with(member.formatted(ID)).initiatingUser());
    assertEquals(
        Optional.empty(),
        with(member.formatted("00000000-0000-0000-0000-000000000000")).initiatingUser());
  }

  @Test
  void majorAndMinorVersion() {
    assertEquals(
        Optional.of(new EventVersion(0, 0)),
        with(",\"MajorVersion\":0,\"MinorVersion\":0").version());
    assertEquals(Optional.empty(), with(",\"MajorVersion\":1").version());
  }

  @Test
  void parentContextRecordSubjects() {
    assertEquals(List.of(), with("").parentContextRecordSubjects(), "absent before 2022");
    String member = ",\"ParentContextRecordSubjects\":";
    assertEquals(List.of(), with(member + "[]").parentContextRecordSubjects());
    assertEquals(List.of(), with(member + "null").parentContextRecordSubjects());
    assertEquals(List.of("a", "b"), with(member + "[\"a\",\"b\"]").parentContextRecordSubjects());
  }

  @Test
  void whatStandsInLogsIsAWord() {
    for (String member : List.of("BusinessEventId", "BusinessEventLegalEntity", "LegalEntity")) {
      for (String value : List.of("x".repeat(513), "two\\nlines")) {
        String message = assertThrows(
                MalformedEventException.class, () -> with(",\"" + member + "\":\"" + value + '"'))
            .getMessage();
        assertTrue(message.startsWith("The member " + member + " is unusable."), message);
      }
    }
  }

  @Test
  void entityName() {
    assertEquals(Optional.empty(), with("").entity(), "only exports and imports have one");
    assertEquals(
        Optional.of("Customer groups"),
        with(",\"EntityName\":\"Customer groups\"").entity());
    String forged =
        with(",\"EntityName\":\"a\\nERROR b" + "c".repeat(200) + '"').toString();
    assertTrue(forged.contains("a?ERROR bccc") && forged.length() < 160, forged);
  }

  @Test
  void theCatalogsSchemaSampleIsNoEvent() {
    String message = assertThrows(
            MalformedEventException.class,
            () -> read("\"EventId\":\"e\",\"EventTime\":\"/Date(-2208988800000)/\","
                + "\"EventTimeIso8601\":\"1900-01-01T00:00:00Z\""))
        .getMessage();
    assertTrue(message.contains("the null date 1900-01-01, as in the catalog's schema"), message);
  }
}
