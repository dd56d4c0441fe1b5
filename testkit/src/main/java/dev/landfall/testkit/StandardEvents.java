package dev.landfall.testkit;

import static dev.landfall.testkit.BaseMembers.companies;
import static dev.landfall.testkit.BaseMembers.days;
import static dev.landfall.testkit.BaseMembers.early2019;
import static dev.landfall.testkit.BaseMembers.guids;
import static dev.landfall.testkit.BaseMembers.recordIds;
import static dev.landfall.testkit.BaseMembers.since2019;
import static dev.landfall.testkit.BaseMembers.since2022;
import static dev.landfall.testkit.BaseMembers.words;

import dev.landfall.event.Payload;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.UUID;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * The events whose members are known, in the forms they have had since 2019.
 *
 * <p>Source: {@code munib00/MSYDN365FO-EventBasedIntegration} for exports and imports, Microsoft's
 * {@code business-events} documentation and captured events for the others.
 */
final class StandardEvents {

  private StandardEvents() {}

  static Arbitrary<Payload> exports() {
    Arbitrary<EventShape.Value> short2019 = SignedLinks.ofAService();
    Arbitrary<EventShape.Value> any = Arbitraries.oneOf(short2019, SignedLinks.ofAUser());
    Arbitrary<String> type = Arbitraries.just("NAVAXDMFExportBusinessEvent");
    return Arbitraries.oneOf(
        export(early2019(), short2019),
        export(since2019(type), short2019),
        export(since2022(type), any));
  }

  private static Arbitrary<Payload> export(EventShape base, Arbitrary<EventShape.Value> links) {
    return base.withTimed("DownloadURL", links)
        .with("EntityName", entities())
        .with("LegalEntity", companies())
        .with("NoOfRecords", counts())
        .with("OperationType", Arbitraries.just("Export"))
        .with("ProjectCategory", Arbitraries.just("Integration"))
        .with("RecId", recordIds())
        .payloads();
  }

  /** The operation and category never tell the truth: that contract leaves them at their zero. */
  static Arbitrary<Payload> imports() {
    UnaryOperator<EventShape> status = base -> base.with("EntityName", entities())
        .with("ExecutionId", executions())
        .with("LegalEntity", companies())
        .with("NoOfCreatedRecords", counts())
        .with("NoOfRecords", counts())
        .with("NoOfUpdatedRecords", counts())
        .with("OperationType", Arbitraries.just("Import"))
        .with("ProjectCategory", Arbitraries.just("Project"))
        .with("RecId", recordIds())
        .with(
            "Status",
            Arbitraries.of("Succeeded", "Partially succeeded", "Failed", "Teilweise erfolgreich"))
        .withTimed("StartedDateTime", time -> BaseMembers.isoOf(time.minusSeconds(5)))
        .withTimed("EndDateTime", BaseMembers::isoOf);
    Arbitrary<String> type = Arbitraries.just("NAVAXDMFImportStatusBusinessEvent");
    return Arbitraries.oneOf(
        sinceLate2019(type, base -> status.apply(base).with("FileName", codes(6))),
        sinceLate2019(
            type,
            base -> status
                .apply(base)
                .with("NoOfErrorRecords", counts())
                .with("ProjectName", words())
                .with("ProjectDescription", words())));
  }

  static Arbitrary<Payload> batchJobs() {
    return sinceLate2019(
        Arbitraries.of(
            "BatchJobStartedBusinessEvent",
            "BatchJobFinishedBusinessEvent",
            "BatchJobFailedBusinessEvent",
            "BatchJobCanceledBusinessEvent"),
        base -> base.with("AdminEmailId", emails())
            .with("JobDescription", words())
            .withTimed("JobEndUtcDateTime", BaseMembers.dayOrNone())
            .with("JobExecutedByEmailId", emails())
            .with("JobId", recordIds())
            .with("JobOwnerEmailId", emails())
            .with("JobStatus", Arbitraries.of("Executing", "Finished", "Error", "Canceled")));
  }

  /** Those of 2019 have no legal entity at all. */
  static Arbitrary<Payload> alerts() {
    return sinceLate2019(
        Arbitraries.of("BusinessEventsAlertEvent", "BusinessEventsDueDateAlertEvent"),
        base -> base.with("Email", emails())
            .with("FieldId", counts())
            .with("Link", words().map(text -> "https://x.operations.dynamics.com/?mi=" + text))
            .with("Message", words())
            .with("MessageDetails", words())
            .with("ParentTableId", counts())
            .with("RuleId", codes(9))
            .with("Subject", words())
            .with("TableId", counts())
            .with("TypeTrigger", Arbitraries.of("FieldChanged", "RecordCreated", "DueIn"))
            .with("UserId", codes(8)));
  }

  /** The names of their own members are not documented. */
  static Arbitrary<Payload> workflows() {
    Arbitrary<String> types = Combinators.combine(
            Arbitraries.of("PurchReqReview", "VendInvoice", "Budget plan"),
            Arbitraries.integers().between(0, 999_999),
            Arbitraries.of("", "_Approve", "_Complete the form"),
            Arbitraries.of("", "_Started", "_ExternalTask", "_WorkItem"))
        .as((name, instance, element, step) -> "Workflow_%s_%06d%s"
            .formatted(name, instance, element.isEmpty() ? "" : element + step));
    return sinceLate2019(types, UnaryOperator.identity());
  }

  static Arbitrary<Payload> purchaseOrders() {
    return sinceLate2019(
        Arbitraries.just("PurchaseOrderConfirmedBusinessEvent"),
        base -> base.with("LegalEntity", companies())
            .with("PurchaseJournal", codes(10))
            .withTimed("PurchaseOrderDate", days())
            .with("PurchaseOrderNumber", codes(8))
            .with("PurchaseType", Arbitraries.of("Purch", "Journal", "ReturnItem"))
            .with("TransactionCurrencyAmount", amounts())
            .with("TransactionCurrencyCode", Arbitraries.of("USD", "EUR", "JPY"))
            .with("VendorAccount", codes(6)));
  }

  static Arbitrary<Payload> invoices() {
    return sinceLate2019(
        Arbitraries.of("SalesInvoicePostedBusinessEvent", "CustFreeTextInvoicePostedBusinessEvent"),
        base -> base.with("InvoiceAccount", codes(6))
            .with("InvoiceAmountInAccountingCurrency", amounts())
            .withTimed("InvoiceDate", days())
            .withTimed("InvoiceDueDate", days())
            .with("InvoiceId", codes(10))
            .with("InvoiceTaxAmount", amounts())
            .with("LegalEntity", companies())
            .with("SalesOrderId", codes(8)));
  }

  static Arbitrary<Payload> endpointTests() {
    return sinceLate2019(
        Arbitraries.just("BusinessEventsTestEndpointContract"),
        base -> base.with("ControlNumber", Arbitraries.just(Long.MIN_VALUE)));
  }

  static Arbitrary<Payload> sinceLate2019(
      Arbitrary<String> types, UnaryOperator<EventShape> contract) {
    return Arbitraries.oneOf(
        contract.apply(since2019(types)).payloads(),
        contract.apply(since2022(types)).payloads());
  }

  private static Arbitrary<String> entities() {
    return Arbitraries.of(
        "Customer groups", "Vendor groups", "Vendors V2", "Gr\u00F6\u00DFenklassen", "R&D (50%)");
  }

  private static Arbitrary<String> executions() {
    return Combinators.combine(words(), guids())
        .as((project, guid) -> project + "-2030-01-01T07:00:00-" + withoutDashes(guid));
  }

  static String withoutDashes(UUID guid) {
    return guid.toString().replace("-", "").toUpperCase(Locale.ROOT);
  }

  private static Arbitrary<Integer> counts() {
    return Arbitraries.integers().greaterOrEqual(0);
  }

  private static Arbitrary<String> codes(int longest) {
    return Arbitraries.strings()
        .withCharRange('A', 'Z')
        .numeric()
        .withChars('-')
        .ofMaxLength(longest);
  }

  private static Arbitrary<String> emails() {
    return Arbitraries.of("", "admin@contoso.com", "\u00E9va@contoso.com");
  }

  /** Whole ones look like integers, as F&O writes them. */
  static Arbitrary<BigDecimal> amounts() {
    return Arbitraries.bigDecimals()
        .between(new BigDecimal("-1e12"), new BigDecimal("1e12"))
        .ofScale(2)
        .map(amount -> {
          BigDecimal shortest = amount.stripTrailingZeros();
          return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
        });
  }
}
