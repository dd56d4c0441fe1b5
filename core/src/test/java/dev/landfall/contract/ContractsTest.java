package dev.landfall.contract;

import static dev.landfall.contract.Samples.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.EventFilter;
import dev.landfall.event.LegalEntity;
import dev.landfall.event.Payload;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Each row of facts about the events of F&O, read from an event of the year it is known from. */
class ContractsTest {

  @Test
  void exportEventOf2019() {
    BusinessEvent event = event(Samples.EXPORT_OF_2019);
    DataExport export = event.payload().as(DataExport.class);
    assertEquals("Vendor groups", export.entityName());
    assertEquals(Optional.of(new LegalEntity("demf")), export.legalEntity());
    assertEquals(12, export.noOfRecords());
    assertEquals("Export", export.operationType());
    assertEquals("Integration", export.projectCategory());
    assertEquals(68719400001L, export.recId());
    assertEquals(
        Optional.of(Instant.parse("2030-01-01T01:05:00Z")),
        export.link().flatMap(link -> link.expiresAt()));
    assertTrue(DataExport.events().matches(event));
  }

  @Test
  void exportEventOfACurrentPlatform() {
    BusinessEvent event = event(Samples.EXPORT_OF_2019.replace("\"MajorVersion\"", """
        "BusinessEventId":"NAVAXDMFExportBusinessEvent","BusinessEventLegalEntity":"demf",
        "ControlNumber":5637150001,"ParentContextRecordSubjects":[],"MajorVersion\""""));
    assertEquals(
        event(Samples.EXPORT_OF_2019).payload().as(DataExport.class),
        event.payload().as(DataExport.class));
    assertTrue(DataExport.events().matches(event));
  }

  @Test
  void anExportPrintsNoSignature() {
    String printed =
        event(Samples.EXPORT_OF_2019).payload().as(DataExport.class).toString();
    assertTrue(printed.contains("/dmf/Vendor%20gr"), printed);
    assertFalse(printed.contains("sig="), printed);
  }

  @Test
  void anExportWithoutAFileHasNoLink() {
    BusinessEvent event = event(Samples.EXPORT_OF_2019.replaceAll("\"https[^\"]*\"", "\"\""));
    assertEquals(Optional.empty(), event.payload().as(DataExport.class).link());
  }

  @Test
  void importStatusOfTheOriginRepository() {
    BusinessEvent event = event(Samples.IMPORT_STATUS);
    assertEquals(
        new ImportStatus(
            "Vendor groups",
            Optional.of(new LegalEntity("demf")),
            "MyImport-2030-01-01T07:00:00-0123456789ABCDEF0123456789ABCDEF",
            "Partially succeeded",
            Optional.of(Instant.parse("2030-01-01T07:00:04Z")),
            Optional.of(Instant.parse("2030-01-01T07:00:09Z")),
            2,
            1,
            0,
            OptionalLong.empty(),
            Optional.of("X1Y2Z3"),
            Optional.empty(),
            Optional.empty(),
            5637100002L),
        event.payload().as(ImportStatus.class));
    assertTrue(ImportStatus.events().matches(event));
  }

  @Test
  void importStatusOfFilardi() {
    BusinessEvent event = event(Samples.IMPORT_STATUS_OF_FILARDI);
    ImportStatus status = event.payload().as(ImportStatus.class);
    assertEquals(OptionalLong.of(2), status.noOfErrorRecords());
    assertEquals(Optional.of("Nightly"), status.projectName());
    assertEquals(Optional.empty(), status.projectDescription());
    assertEquals(Optional.empty(), status.fileName());
    assertEquals(Optional.empty(), status.endDateTime());
    assertTrue(ImportStatus.events().matches(event));
  }

  @Test
  void theStatusOfAnImportMayBeALabelInAnyLanguage() {
    assertEquals(
        Optional.of(ImportStatus.Outcome.PARTIALLY_SUCCEEDED),
        event(Samples.IMPORT_STATUS).payload().as(ImportStatus.class).outcome());
    ImportStatus german = event(Samples.IMPORT_STATUS_OF_FILARDI).payload().as(ImportStatus.class);
    assertEquals("Fehlgeschlagen", german.status());
    assertEquals(Optional.empty(), german.outcome());
  }

  @Test
  void purchaseOrderConfirmedOf2021() {
    BusinessEvent event = event(Samples.PURCHASE_ORDER_OF_2021);
    assertEquals(
        new PurchaseOrderConfirmed(
            "PO-000018",
            "PO-000018-2",
            Optional.of(LocalDate.of(2030, 1, 1)),
            "Purch",
            "V-000004",
            new BigDecimal("90055.6"),
            "BRL",
            Optional.of(new LegalEntity("brmf"))),
        event.payload().as(PurchaseOrderConfirmed.class));
    assertTrue(PurchaseOrderConfirmed.events().matches(event));
  }

  @Test
  void salesInvoicePosted() {
    BusinessEvent event = event(Samples.INVOICE);
    assertEquals(
        new InvoicePosted(
            "US-001",
            "CIV-000001",
            Optional.of("SO-000001"),
            Optional.of(LocalDate.of(2030, 1, 1)),
            Optional.of(LocalDate.of(2030, 1, 15)),
            new BigDecimal(1190),
            new BigDecimal("190.5"),
            Optional.of(new LegalEntity("usmf"))),
        event.payload().as(InvoicePosted.class));
    assertTrue(InvoicePosted.sales().matches(event));
    assertFalse(InvoicePosted.freeText().matches(event));
  }

  @Test
  void freeTextInvoicePosted() {
    BusinessEvent event = event(Samples.INVOICE
        .replace("SalesInvoicePosted", "CustFreeTextInvoicePosted")
        .replace("\"SO-000001\"", "\"\""));
    assertEquals(Optional.empty(), event.payload().as(InvoicePosted.class).salesOrderId());
    assertTrue(InvoicePosted.freeText().matches(event));
    assertTrue(InvoicePosted.events().matches(event));
  }

  @Test
  void changeBasedAlertOf2019() {
    BusinessEvent event = event(Samples.ALERT_OF_2019);
    assertEquals(
        new Alert(
            "000428",
            "LocationChanged",
            "LocationChanged",
            "View Location: BULK-002, 24",
            "FieldChanged",
            "Some.One",
            "someone@example.com",
            "",
            8565,
            8565,
            3,
            Optional.empty()),
        event.payload().as(Alert.class));
    assertTrue(Alert.changes().matches(event));
    assertTrue(Alert.events().matches(event));
    assertFalse(Alert.dueDates().matches(event));
  }

  @Test
  void dueDateAlert() {
    BusinessEvent event =
        event(Samples.ALERT_OF_2019.replace("BusinessEventsAlert", "BusinessEventsDueDateAlert"));
    assertEquals("000428", event.payload().as(Alert.class).ruleId());
    assertTrue(Alert.dueDates().matches(event));
    assertTrue(Alert.events().matches(event));
    assertFalse(Alert.changes().matches(event));
  }

  @Test
  void batchJobStartedFinishedFailedAndCancelled() {
    BusinessEvent failed = event(Samples.BATCH_JOB);
    assertEquals(
        new BatchJob(
            68719523988L,
            "Nightly",
            "Error",
            Optional.of(Instant.parse("2030-01-01T07:00:08Z")),
            "o@example.com",
            "b@example.com",
            "admin@example.com"),
        failed.payload().as(BatchJob.class));
    Map<String, EventFilter> filters = Map.of(
        "Started", BatchJob.started(),
        "Finished", BatchJob.finished(),
        "Failed", BatchJob.failed(),
        "Cancelled", BatchJob.cancelled(),
        "Canceled", BatchJob.cancelled());
    filters.forEach((word, filter) -> {
      BusinessEvent event = event(Samples.BATCH_JOB.replace("Failed", word));
      assertTrue(filter.matches(event), word);
      assertTrue(BatchJob.events().matches(event), word);
      assertEquals(word.equals("Failed"), filter.matches(failed), word);
    });
    assertFalse(BatchJob.failed().matches(event(Samples.ALERT_OF_2019)));
  }

  @Test
  void aBatchJobThatRunsHasNoEnd() {
    BusinessEvent started =
        event(Samples.BATCH_JOB.replace("/Date(1893481208000)/", "/Date(-2208988800000)/"));
    assertEquals(Optional.empty(), started.payload().as(BatchJob.class).jobEndUtcDateTime());
  }

  @Test
  void everyContractReadsTheSampleThatTheCatalogOffers() {
    Map<String, Class<? extends Record>> contracts = Map.of(
        Samples.EXPORT_OF_2019, DataExport.class,
        Samples.IMPORT_STATUS, ImportStatus.class,
        Samples.IMPORT_STATUS_OF_FILARDI, ImportStatus.class,
        Samples.PURCHASE_ORDER_OF_2021, PurchaseOrderConfirmed.class,
        Samples.INVOICE, InvoicePosted.class,
        Samples.ALERT_OF_2019, Alert.class,
        Samples.BATCH_JOB, BatchJob.class);
    contracts.forEach((sample, contract) -> defaults(event(sample).payload()).as(contract));
  }

  /** With the values that F&O has for nothing. */
  private static Payload defaults(Payload sample) {
    Payload.Builder defaults = Payload.builder();
    sample.names().forEach(name -> {
      Object value = sample.value(name);
      if (sample.instant(name).isPresent()) {
        boolean iso = String.valueOf(value).startsWith("2");
        defaults.with(name, iso ? "1900-01-01T00:00:00Z" : "/Date(-2208988800000)/");
      } else {
        defaults.with(name, value instanceof String ? "" : value instanceof Number ? 0 : value);
      }
    });
    return defaults.build();
  }

  @Test
  void aFilterReadsAsTextInALog() {
    assertEquals(
        List.of(
            "type is NAVAXDMFExportBusinessEvent or \"exports of 2019\"",
            "type is BusinessEventsAlertEvent or type is BusinessEventsDueDateAlertEvent",
            "member JobId is there and member JobExecutedByEmailId is there and"
                + " \"type contains Failed\""),
        List.of(
            DataExport.events().toString(),
            Alert.events().toString(),
            BatchJob.failed().toString()));
  }
}
