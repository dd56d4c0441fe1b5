package dev.landfall.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.landfall.emulator.data.DataFormat;
import dev.landfall.emulator.data.Entities;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventShapeTest {

  private static final String GUID = "[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}";
  private static final DataProject GROUPS =
      DataProject.named("Nightly").legalEntity("demf").entity(Entities.customerGroups(), 7);

  @Test
  void anEventIsOneFlatObjectWithItsMembersInAlphabeticalOrder() throws Exception {
    try (FinopsEmulator finops = emulator(EventForm.CURRENT)) {
      Export export = finops.exportOne(GROUPS);
      JsonNode event = read(export.payload());
      assertEquals(
          List.of(
              "BusinessEventId",
              "BusinessEventLegalEntity",
              "ContextRecordSubject",
              "ControlNumber",
              "DownloadURL",
              "EntityName",
              "EventId",
              "EventTime",
              "EventTimeIso8601",
              "InitiatingUserAADObjectId",
              "LegalEntity",
              "MajorVersion",
              "MinorVersion",
              "NoOfRecords",
              "OperationType",
              "ParentContextRecordSubjects",
              "ProjectCategory",
              "RecId"),
          names(event));
      assertEquals("NAVAXDMFExportBusinessEvent", event.get("BusinessEventId").textValue());
      assertEquals("demf", event.get("BusinessEventLegalEntity").textValue());
      assertEquals("", event.get("ContextRecordSubject").textValue());
      assertTrue(event.get("ControlNumber").longValue() > 1L << 32);
      assertEquals(export.link().toString(), event.get("DownloadURL").textValue());
      assertEquals("Customer groups", event.get("EntityName").textValue());
      assertTrue(event.get("EventId").textValue().matches(GUID));
      assertEquals(export.eventId(), event.get("EventId").textValue());
      assertEquals("/Date(1893456600000)/", event.get("EventTime").textValue());
      assertEquals("2030-01-01T00:10:00.1234567Z", event.get("EventTimeIso8601").textValue());
      assertTrue(event.get("InitiatingUserAADObjectId").textValue().matches("\\{" + GUID + "}"));
      assertEquals("demf", event.get("LegalEntity").textValue());
      assertEquals(0, event.get("MajorVersion").intValue());
      assertEquals(0, event.get("MinorVersion").intValue());
      assertEquals(7, event.get("NoOfRecords").intValue());
      assertEquals("Export", event.get("OperationType").textValue());
      assertTrue(event.get("ParentContextRecordSubjects").isArray());
      assertTrue(event.get("ParentContextRecordSubjects").isEmpty());
      assertEquals("Integration", event.get("ProjectCategory").textValue());
      assertTrue(event.get("RecId").longValue() > 1L << 32);
    }
  }

  @Test
  void anEventOf2019HasFewerMembersAndBraces() throws Exception {
    try (FinopsEmulator finops = emulator(EventForm.OF_2019)) {
      Export export = finops.exportOne(GROUPS);
      JsonNode event = read(export.payload());
      assertEquals(
          List.of(
              "DownloadURL",
              "EntityName",
              "EventId",
              "EventTime",
              "LegalEntity",
              "MajorVersion",
              "MinorVersion",
              "NoOfRecords",
              "OperationType",
              "ProjectCategory",
              "RecId"),
          names(event));
      assertEquals("{" + export.eventId() + "}", event.get("EventId").textValue());
    }
  }

  @Test
  void controlNumbersAndRecordIdsRise() throws Exception {
    try (FinopsEmulator finops = emulator(EventForm.CURRENT)) {
      JsonNode before = read(finops.exportOne(GROUPS).payload());
      for (int i = 0; i < 20; i++) {
        JsonNode next = read(finops.exportOne(GROUPS).payload());
        assertTrue(
            next.get("ControlNumber").longValue() > before.get("ControlNumber").longValue());
        assertTrue(next.get("RecId").longValue() > before.get("RecId").longValue());
        before = next;
      }
    }
  }

  @Test
  void eachEntityOfAProjectHasItsOwnFileAndEvent() throws Exception {
    try (FinopsEmulator finops = emulator(EventForm.CURRENT);
        Receiver receiver = Receiver.accepting()) {
      finops.endpoint(receiver.uri());
      List<Export> exports = finops.export(
          GROUPS.entity(Entities.customersV3(), 3).format(DataFormat.XML).legalEntity("USMF"));
      exports.forEach(export -> export.outcome().join());
      assertEquals(
          List.of("Customer groups", "Customers V3"),
          exports.stream().map(Export::entity).toList());
      assertTrue(exports.get(1).blobName().matches("Customers \\{[0-9A-F]{32}}\\.xml"));
      assertEquals(2, receiver.posts().size());
      assertFalse(exports.get(0).eventId().equals(exports.get(1).eventId()));
      assertEquals(exports, finops.exports());
    }
  }

  @Test
  void theTestEventIsToldByItsTypeInEveryForm() throws Exception {
    try (FinopsEmulator finops = emulator(EventForm.OF_2019);
        Receiver receiver = Receiver.accepting()) {
      finops.activate(Endpoint.at(receiver.uri()));
      JsonNode event = read(receiver.posts().get(0).body());
      assertEquals(
          "BusinessEventsTestEndpointContract", event.get("BusinessEventId").textValue());
      assertEquals(Long.MIN_VALUE, event.get("ControlNumber").longValue());
      assertTrue(event.get("EventId").textValue().matches(GUID));
      assertFalse(event.has("DownloadURL"));
    }
  }

  private static FinopsEmulator emulator(EventForm form) {
    return FinopsEmulator.builder().clock(new TestClock()).eventForm(form).start();
  }

  private static JsonNode read(String payload) throws Exception {
    return new ObjectMapper().readTree(payload);
  }

  private static List<String> names(JsonNode event) {
    var names = new ArrayList<String>();
    event.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
