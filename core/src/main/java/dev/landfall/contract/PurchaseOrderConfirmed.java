package dev.landfall.contract;

import static dev.landfall.event.EventFilters.type;

import dev.landfall.event.EventFilter;
import dev.landfall.event.LegalEntity;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A purchase order is confirmed.
 *
 * <p>Source: an event captured in 2021.
 *
 * @param purchaseOrderNumber the order
 * @param purchaseJournal the confirmation, such as {@code PO-000018-2}
 * @param purchaseOrderDate its day
 * @param purchaseType symbol, such as {@code Purch}
 * @param vendorAccount who delivers
 * @param transactionCurrencyAmount the amount in the currency of the order
 * @param transactionCurrencyCode that currency
 * @param legalEntity who buys
 */
public record PurchaseOrderConfirmed(
    String purchaseOrderNumber,
    String purchaseJournal,
    Optional<LocalDate> purchaseOrderDate,
    String purchaseType,
    String vendorAccount,
    BigDecimal transactionCurrencyAmount,
    String transactionCurrencyCode,
    Optional<LegalEntity> legalEntity) {

  /** {@return a filter for these events} */
  public static EventFilter events() {
    return type("PurchaseOrderConfirmedBusinessEvent");
  }
}
