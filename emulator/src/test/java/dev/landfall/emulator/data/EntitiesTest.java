package dev.landfall.emulator.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class EntitiesTest {

  @Test
  void entitiesAreCalledAsFinopsCallsThem() {
    assertEquals("Customer groups", Entities.customerGroups().label());
    assertEquals("CUSTCUSTOMERGROUPENTITY", Entities.customerGroups().element());
    assertEquals("Customers V3", Entities.customersV3().label());
    assertEquals("Vendor invoices", Entities.vendorInvoices().label());
    assertTrue(Entities.customersV3().fieldNames().size() > 200);
    assertTrue(Entities.vendorInvoices().fieldNames().size() >= 20);
  }

  @Test
  void customersHaveTheFieldsOfARealExport() throws Exception {
    Path real = Path.of("../../shared/data/finops/customers-v3.csv");
    assumeTrue(Files.exists(real), "The shared data is not here.");
    String header;
    try (var lines = Files.lines(real)) {
      header = lines.findFirst().orElseThrow();
    }
    assertEquals(
        List.of(header.toUpperCase(Locale.ROOT).split(",")),
        Entities.customersV3().fieldNames());
  }

  @Test
  void aFieldHasAnXmlNameOfItsOwn() {
    Entity entity = Entity.named("Sites", "SITEENTITY").field("SITEID", Row::name);
    for (String bad : List.of("", "1A", "A B", "A-B", "<A>", "SITEID")) {
      assertThrows(IllegalArgumentException.class, () -> entity.field(bad, Row::name), bad);
    }
    assertThrows(IllegalArgumentException.class, () -> Entity.named(" ", "A"));
    assertThrows(IllegalArgumentException.class, () -> Entity.named("Sites", "A B"));
    assertThrows(
        IllegalArgumentException.class, () -> Entity.named("Sites", "A").rows(1));
    assertThrows(IllegalArgumentException.class, () -> entity.rows(-1));
  }

  @Test
  void drawsStayWithinTheirBounds() {
    var row = new Row(5, "usmf");
    for (int number = 1; number < 2_000; number++) {
      row.moveTo(number, 0);
      int drawn = row.between(-3, 3);
      assertTrue(drawn >= -3 && drawn <= 3);
      assertEquals(7, row.between(7, 7));
      double amount = row.amount(-5, 20).doubleValue();
      assertTrue(amount >= -5 && amount <= 20);
      assertTrue(row.chance(100));
      assertTrue(!row.chance(0));
      assertTrue(row.time(java.time.LocalDate.of(2026, 1, 1), 1).startsWith("2026-01-01 "));
    }
    row.moveTo(42, 0);
    assertEquals("C-0042", row.id("C-", 4));
    assertEquals("42", row.id("", 1));
  }
}
