package dev.landfall.contract;

import static dev.landfall.contract.Samples.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.contract.DataEvent.Change;
import dev.landfall.event.LegalEntity;
import dev.landfall.event.Payload;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DataEventTest {

  private static final UUID ID = UUID.fromString("00004951-0000-0000-5e1a-005001000000");

  private static DataEvent read(String json) {
    return event(json).payload().as(DataEvent.class);
  }

  private static EntityRow row() {
    return read(Samples.DATA_EVENT).row().orElseThrow();
  }

  @Test
  void theContextTellsWhatHappenedToWhichRow() {
    DataEvent event = read(Samples.DATA_EVENT);
    assertEquals(Optional.of(Change.UPDATED), event.change());
    assertEquals(Optional.of(ID), event.id());
    assertEquals(Optional.of("mserp_custcustomergroupentity"), event.entity());
    assertEquals(Optional.of(new LegalEntity("usmf")), event.company());
    assertEquals(Optional.of(Instant.parse("2030-01-01T07:00:09Z")), event.operationCreatedOn());
    assertEquals(
        Optional.of(UUID.fromString("844bbf91-0000-4cad-a83d-1fea5f32ebaf")),
        event.correlationId());
    assertEquals(Optional.empty(), event.primaryEntityId());
    assertFalse(event.cut());
  }

  @Test
  void createdUpdatedAndDeletedAreToldApart() {
    Map.of(
            "OnExternalCreated", Change.CREATED,
            "OnExternalUpdated", Change.UPDATED,
            "OnExternalDeleted", Change.DELETED)
        .forEach((name, change) -> {
          String json = Samples.DATA_EVENT.replace("OnExternalUpdated", name);
          assertEquals(Optional.of(change), read(json).change());
          assertTrue(DataEvent.events().matches(event(json)));
          assertEquals(change == Change.CREATED, DataEvent.created().matches(event(json)));
          assertEquals(change == Change.UPDATED, DataEvent.updated().matches(event(json)));
          assertEquals(change == Change.DELETED, DataEvent.deleted().matches(event(json)));
        });
    assertEquals(
        Optional.empty(),
        read(Samples.DATA_EVENT.replace("OnExternalUpdated", "Merge")).change());
  }

  @Test
  void wrappedValuesAreUnwrapped() {
    Payload attributes = row().attributes();
    assertEquals(Optional.of("200000000"), attributes.text("mserp_issalestaxincludedinprice"));
    assertEquals(Optional.of(new BigDecimal("1500.25")), attributes.decimal("mserp_creditlimit"));
    assertEquals(
        Optional.of(UUID.fromString("840b0b8f-0000-4ae2-81fe-9f5176a7baaa")),
        attributes.guid("mserp_dataareaid_id"));
    assertEquals(
        Optional.of(Instant.parse("2030-01-01T07:00:08Z")), attributes.instant("mserp_modified"));
  }

  @Test
  void anAttributeIsFoundByItsPublicNameInAnyCase() {
    assertEquals("mserp_customergroupid", row().key("CustomerGroupId"));
    assertEquals("mserp_customergroupid", row().key("MSERP_CustomerGroupId"));
    assertEquals("versionnumber", row().key("VersionNumber"));
    assertEquals("mserp_absent", row().key("Absent"));
    assertEquals(Optional.of("10"), row().text("CustomerGroupId"));
    assertEquals(Optional.empty(), row().text("Absent"));
  }

  record CustomerGroup(
      String customerGroupId, BigDecimal creditLimit, long versionNumber, Optional<Instant> due) {}

  @Test
  void aRowIsReadAsARecordByPublicNames() {
    assertEquals(
        new CustomerGroup("10", new BigDecimal("1500.25"), 7, Optional.empty()),
        row().as(CustomerGroup.class));
  }

  @Test
  void theImageBeforeAnUpdateIsAmongTheInputParameters() {
    EntityRow before = read(Samples.DATA_EVENT).before().orElseThrow();
    assertEquals(Optional.of("1000"), before.text("CreditLimit"));
    assertEquals(Optional.of(ID), before.id());
  }

  @Test
  void theImageBeforeAnUpdateMayBeAmongTheEntityImages() {
    Payload sent = Payload.of(
        Map.of("Attributes", List.of(Map.of("key", "mserp_dataareaid", "value", "demf"))));
    DataEvent event = Payload.of(Map.of(
            "MessageName", "OnExternalUpdated",
            "InputParameters", List.of(),
            "PreEntityImages", List.of(Map.of("key", "PreImage", "value", sent))))
        .as(DataEvent.class);
    assertEquals(Optional.of("demf"), event.before().flatMap(row -> row.text("DataAreaId")));
    assertEquals(Optional.of(new LegalEntity("demf")), event.company());
    assertEquals(Optional.empty(), event.row());
  }

  @Test
  void aDeletedRowHasAnIdAndNoAttributes() {
    DataEvent event = Payload.of(Map.of(
            "MessageName",
            "OnExternalDeleted",
            "InputParameters",
            List.of(Map.of(
                "key",
                "Target",
                "value",
                Map.of(
                    "__type", "EntityReference:http://schemas.microsoft.com/xrm/2011/Contracts",
                    "Id", ID.toString(),
                    "LogicalName", "mserp_custcustomergroupentity")))))
        .as(DataEvent.class);
    assertEquals(Optional.of(ID), event.id());
    assertEquals(Optional.of(Payload.of(Map.of())), event.row().map(EntityRow::attributes));
  }

  @Test
  void aMessageOver256KbHasLostItsRow() {
    DataEvent event = Payload.of(Map.of(
            "MessageName", "OnExternalUpdated",
            "PrimaryEntityName", "mserp_custcustomergroupentity"))
        .as(DataEvent.class);
    assertTrue(event.cut());
    assertEquals(Optional.empty(), event.row());
    assertEquals(Optional.empty(), event.id());
    assertEquals(Optional.of("mserp_custcustomergroupentity"), event.entity());
  }
}
