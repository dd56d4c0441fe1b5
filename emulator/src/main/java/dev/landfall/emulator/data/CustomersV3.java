package dev.landfall.emulator.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** The wide entity: its fields stand in a resource, each with the kind of value it gets. */
final class CustomersV3 {

  private static final String FIELDS = "customers-v3.txt";
  private static final LocalDate START = LocalDate.of(2018, 1, 1);
  private static final int DAYS = 2_900;

  private static final Map<String, Function<Row, ?>> KINDS = Map.ofEntries(
      Map.entry("empty", row -> ""),
      Map.entry("account", row -> row.id("CUST-", 6)),
      Map.entry("name", Row::name),
      Map.entry("text", Row::text),
      Map.entry("firstname", row -> row.chance(40) ? row.oneOf(Words.FIRST_NAMES) : ""),
      Map.entry("lastname", row -> row.chance(40) ? row.oneOf(Words.LAST_NAMES) : ""),
      Map.entry("city", row -> row.oneOf(Words.CITIES)),
      Map.entry("street", row -> row.oneOf(Words.STREETS)),
      Map.entry("zip", row -> row.chance(80) ? "" + row.between(10_000, 99_999) : ""),
      Map.entry("country", row -> row.oneOf("USA", "DEU", "JPN", "DNK", "POL")),
      Map.entry("language", row -> row.oneOf("en-us", "de", "ja", "da", "pl")),
      Map.entry("currency", row -> row.oneOf("USD", "EUR", "JPY", "DKK")),
      Map.entry("group", row -> row.between(1, 9) + "0"),
      Map.entry("code", row -> row.chance(15) ? "C" + row.between(10, 99) : ""),
      Map.entry("yesno", row -> row.oneOf("No", "No", "Yes")),
      Map.entry("none", row -> row.oneOf("None", "None", "None", "All")),
      Map.entry("partytype", row -> row.oneOf("Organization", "Person")),
      Map.entry("terms", row -> row.oneOf("Net30", "Net45", "COD", "")),
      Map.entry("recid", row -> 68_720_000_000L + row.between(1, Integer.MAX_VALUE)),
      Map.entry("zero", row -> 0),
      Map.entry("count", row -> row.chance(20) ? row.between(1, 5_000) : 0),
      Map.entry("amount", row -> row.chance(50) ? row.amount(0, 250_000) : 0),
      Map.entry("coordinate", row -> row.chance(30) ? row.amount(-90, 90) : 0),
      Map.entry("from", row -> row.time(START, DAYS)),
      Map.entry("never", row -> "2154-12-31 23:59:59"),
      Map.entry("email", row -> row.chance(60) ? "contact+" + row.number() + "@example.com" : ""),
      Map.entry(
          "phone", row -> row.chance(60) ? "+1 (555) 01" + row.between(10, 99) + ", ext. 7" : ""),
      Map.entry("url", row -> row.chance(30) ? "https://example.com/c?id=" + row.number() : ""),
      Map.entry("company", Row::legalEntity));

  private CustomersV3() {}

  static Entity entity() {
    try (InputStream in =
            Objects.requireNonNull(CustomersV3.class.getResourceAsStream(FIELDS), FIELDS);
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      Entity entity = Entity.named("Customers V3", "CUSTCUSTOMERV3ENTITY");
      for (String line : lines.lines().toList()) {
        int blank = line.indexOf(' ');
        String kind = line.substring(blank + 1);
        entity =
            entity.field(line.substring(0, blank), Objects.requireNonNull(KINDS.get(kind), kind));
      }
      return entity;
    } catch (IOException broken) {
      throw new UncheckedIOException("The module's own resource cannot be read.", broken);
    }
  }
}
