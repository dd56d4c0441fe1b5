package dev.landfall.contract;

import static dev.landfall.event.EventFilters.type;

import dev.landfall.event.EventFilter;
import dev.landfall.event.LegalEntity;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * An invoice to a customer is posted, for a sales order or as free text.
 *
 * <p>Source: {@code SalesInvoicePostedBusinessEventContract} in Microsoft's
 * {@code business-events/business-events-dev-doc.md}, which names the other as well.
 *
 * @param invoiceAccount whom the invoice goes to
 * @param invoiceId its number
 * @param salesOrderId the order; empty for free text
 * @param invoiceDate its day
 * @param invoiceDueDate when it is to be paid
 * @param invoiceAmountInAccountingCurrency the amount with tax, in the currency of the company and
 *     not that of the invoice
 * @param invoiceTaxAmount the tax in that amount
 * @param legalEntity who is paid
 */
public record InvoicePosted(
    String invoiceAccount,
    String invoiceId,
    Optional<String> salesOrderId,
    Optional<LocalDate> invoiceDate,
    Optional<LocalDate> invoiceDueDate,
    BigDecimal invoiceAmountInAccountingCurrency,
    BigDecimal invoiceTaxAmount,
    Optional<LegalEntity> legalEntity) {

  /** {@return a filter for these events, for orders and as free text} */
  public static EventFilter events() {
    return sales().or(freeText());
  }

  /** {@return a filter for invoices of sales orders} */
  public static EventFilter sales() {
    return type("SalesInvoicePostedBusinessEvent");
  }

  /** {@return a filter for invoices of free text} */
  public static EventFilter freeText() {
    return type("CustFreeTextInvoicePostedBusinessEvent");
  }
}
