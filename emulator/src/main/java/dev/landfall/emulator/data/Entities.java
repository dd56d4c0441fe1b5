package dev.landfall.emulator.data;

import java.math.BigDecimal;
import java.time.LocalDate;

/** Ready entities with the field names of F&amp;O's own and made-up values. */
public final class Entities {

  private static final LocalDate YEAR = LocalDate.of(2026, 1, 1);
  private static final int DAYS = 365;

  private Entities() {}

  /** {@return "Customer groups": few fields; the key is {@code CUSTOMERGROUPID}} */
  public static Entity customerGroups() {
    return Entity.named("Customer groups", "CUSTCUSTOMERGROUPENTITY")
        .field("CUSTOMERGROUPID", row -> row.number() + "0")
        .field(
            "DESCRIPTION",
            row -> row.oneOf("Major customers", "Retail, \"walk-in\"", "Großhandel", ""))
        .field("CLEARINGPERIODPAYMENTTERMNAME", row -> row.chance(30) ? "Net10" : "")
        .field("CUSTOMERACCOUNTNUMBERSEQUENCE", row -> row.chance(20) ? "Acco_1" : "")
        .field("DEFAULTDIMENSIONDISPLAYVALUE", row -> row.chance(20) ? "-002-022--" : "")
        .field("ISPUBLICSECTOR_IT", row -> row.oneOf("No", "No", "No", "Yes"))
        .field("ISSALESTAXINCLUDEDINPRICE", row -> row.oneOf("No", "Yes"))
        .field("PAYMENTTERMID", row -> row.oneOf("Net30", "Net45", "COD", ""))
        .field("TAXGROUPID", row -> row.oneOf("DOM", "FOR", ""))
        .field("WRITEOFFREASON", Row::text)
        .field("DATAAREAID", Row::legalEntity);
  }

  /**
   * {@return "Customers V3": more than 200 fields, most of them empty; the key is
   * {@code CUSTOMERACCOUNT}}
   */
  public static Entity customersV3() {
    return CustomersV3.entity();
  }

  /**
   * {@return "Vendor invoices": invoice lines with amounts, days and quantities, about 150 bytes
   * each}
   */
  public static Entity vendorInvoices() {
    return Entity.named("Vendor invoices", "VENDVENDORINVOICELINEENTITY")
        .field("INVOICENUMBER", row -> "INV-" + (100_000 + invoice(row)))
        .field("INVOICELINENUMBER", row -> 1 + (row.number() - 1) % LINES_PER_INVOICE)
        .field("VENDORACCOUNT", row -> "V-" + (1000 + invoice(row) * 7_919L % 900))
        .field("VENDORNAME", Row::name)
        .field("INVOICEDATE", row -> YEAR.plusDays(invoice(row) % DAYS))
        .field("DUEDATE", row -> YEAR.plusDays(invoice(row) % DAYS + 30))
        .field("PURCHASEORDERNUMBER", row -> row.chance(60) ? row.id("PO", 8) : "")
        .field("ITEMNUMBER", row -> row.oneOf("D0001", "D0003", "L0100", "T0002", ""))
        .field("LINEDESCRIPTION", Row::text)
        .field("PROCUREMENTCATEGORYNAME", row -> row.chance(15) ? "Services, other" : "")
        .field("RECEIVEDQUANTITY", Entities::quantity)
        .field("UNITSYMBOL", row -> row.oneOf("ea", "pcs", "kg", "m²"))
        .field("UNITPRICE", Entities::price)
        .field("LINEDISCOUNTAMOUNT", row -> row.chance(10) ? row.amount(-5, 20) : BigDecimal.ZERO)
        .field("LINEAMOUNT", row -> price(row).multiply(BigDecimal.valueOf(quantity(row))))
        .field("CURRENCYCODE", row -> row.oneOf("USD", "EUR", "JPY", "GBP"))
        .field("SALESTAXGROUPCODE", row -> row.oneOf("DOM", "FOR", ""))
        .field("RECEIVINGWAREHOUSEID", row -> row.oneOf("11", "13", "24", ""))
        .field("ISONHOLD", row -> row.oneOf("No", "No", "No", "Yes"))
        .field("MODIFIEDDATETIME", row -> row.time(YEAR, DAYS))
        .field("DATAAREAID", Row::legalEntity);
  }

  private static final int LINES_PER_INVOICE = 4;

  private static int invoice(Row row) {
    return (row.number() - 1) / LINES_PER_INVOICE;
  }

  // Computed and not drawn, so that the amount of a line agrees with it.
  private static int quantity(Row row) {
    return 1 + row.number() % 37;
  }

  private static BigDecimal price(Row row) {
    return BigDecimal.valueOf(99 + row.number() * 7_919L % 250_000, 2);
  }
}
