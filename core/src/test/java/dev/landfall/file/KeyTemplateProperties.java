package dev.landfall.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Payload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class KeyTemplateProperties {

  private static ExportedFile file(String entity, String name) {
    var event = BusinessEvent.of(Payload.of(Map.of(
        "EventId", "E-1",
        "EventTime", "2030-01-01T23:59:58Z",
        "EntityName", entity,
        "LegalEntity", "USMF")));
    byte[] none = {};
    return new ExportedFile(
        event, "exports", name, FileFormat.ofName(name), 0, Sha256.of(none), Path.of("unused"));
  }

  @Property
  void noNameLeavesItsPlaceOrGrowsBeyondItsLimit(@ForAll String entity, @ForAll String name) {
    String key = KeyTemplate.of("{entity}/{name}").keyOf(file(entity, name));
    String[] parts = key.split("/", -1);
    assertEquals(2, parts.length, key);
    for (String part : parts) {
      assertFalse(part.isEmpty() || part.equals(".") || part.equals(".."), key);
      assertTrue(part.getBytes(StandardCharsets.UTF_8).length <= 120, key);
      assertTrue(
          part.chars().allMatch(c -> c >= ' ' && c < 127 && "\\:*?\"<>|".indexOf(c) < 0), key);
    }
  }

  @Property
  void differentShortNamesGiveDifferentKeys(@ForAll String one, @ForAll String other) {
    var template = KeyTemplate.of("{entity}");
    String first = template.keyOf(file(one, "x"));
    String second = template.keyOf(file(other, "x"));
    if (one.isBlank() || other.isBlank()) {
      return;
    }
    assertEquals(one.equals(other), first.equals(second), first + " and " + second);
  }

  @Example
  void wordsAreFilledFromTheEvent() {
    assertEquals(
        "Customer groups/usmf/2030-01-01/235958-E-1.csv",
        KeyTemplate.of("{entity}/{legalEntity}/{date}/{time}-{eventId}.{format}")
            .keyOf(file("Customer groups", "Customer g.CSV")));
  }

  @Example
  void whatTheEventDoesNotHaveIsAnUnderscore() {
    assertEquals("_/_", KeyTemplate.of("{entity}/{name}").keyOf(file("", "")));
  }

  @Example
  void traversalAndReservedNamesAreEncoded() {
    var template = KeyTemplate.of("{entity}");
    assertEquals("%2E.%2F..%2Fetc%2Fpasswd", template.keyOf(file("../../etc/passwd", "x")));
    for (String reserved : new String[] {"con", "NUL", "com1", "Aux.txt"}) {
      String key = template.keyOf(file(reserved, "x"));
      assertNotEquals(reserved.toLowerCase(Locale.ROOT), key.toLowerCase(Locale.ROOT));
      assertTrue(key.startsWith("%"), key);
    }
  }

  @Example
  void aBadTemplateIsRefusedWithTheWayOut() {
    var refused = assertThrows(IllegalArgumentException.class, () -> KeyTemplate.of("{company}"));
    assertEquals(
        "A key template knows the words [date, entity, eventId, format, legalEntity, name, sha256,"
            + " time],"
            + " not {company}.",
        refused.getMessage());
    for (String bad :
        new String[] {"", "/{entity}", "{entity}//x", "../{entity}", "a/./b", "{entity", "a\\b"}) {
      assertThrows(IllegalArgumentException.class, () -> KeyTemplate.of(bad), bad);
    }
  }

  @Property
  void hiveReadsBackWhatAPartitionHolds(@ForAll @StringLength(max = 20) String entity) {
    String key = KeyTemplate.partitioned("entity={entity}/x.csv").keyOf(file(entity, "x"));
    String value = key.substring("entity=".length(), key.length() - "/x.csv".length());
    assertFalse(value.contains("/") || value.contains("="), key);
    if (entity.isBlank()) {
      assertEquals("__HIVE_DEFAULT_PARTITION__", value);
    } else if (entity.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      String trimmed = file(entity, "x").event().entity().orElseThrow();
      if (!value.contains("~")) {
        assertEquals(trimmed, asHiveReads(value));
      }
    }
  }

  /** As unescapePathName of Hive's FileUtils does. */
  private static String asHiveReads(String value) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      if (character == '%' && i + 2 < value.length()) {
        text.append((char) Integer.parseInt(value.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        text.append(character);
      }
    }
    return text.toString();
  }

  @Example
  void noObjectOfAPartitionIsHidden() {
    var template = KeyTemplate.partitioned("entity={entity}/{name}");
    assertEquals(
        "entity=Größe 100%25/%5Fa.csv",
        template.keyOf(file("Größe 100%", "_a.csv")).replace("%F6", "ö").replace("%DF", "ß"));
    assertEquals("entity=_x/%2Ea", template.keyOf(file("_x", ".a")).replace("%5Fx", "_x"));
    assertEquals(
        "entity=__HIVE_DEFAULT_PARTITION__/none.csv",
        KeyTemplate.partitioned("entity={entity}/{entity}.csv").keyOf(file("", "x")));
    for (String hidden : new String[] {"_{entity}", "a/.{name}"}) {
      assertThrows(IllegalArgumentException.class, () -> KeyTemplate.partitioned(hidden), hidden);
    }
  }

  @Property
  void aTemplateKnowsItsOwnKeys(@ForAll String entity, @ForAll String name) {
    for (KeyTemplate template : new KeyTemplate[] {
      KeyTemplate.of("a/{entity}/{date}-{time}/{name}.{format}"),
      KeyTemplate.partitioned("a/entity={entity}/dt={date}/{eventId}-{sha256}.{format}")
    }) {
      String key = template.keyOf(file(entity, name));
      assertTrue(template.fits(key), key);
      assertTrue(key.startsWith(template.beginning()), key);
      assertFalse(template.fits(key + "/x"), key);
      assertFalse(template.fits("b" + key), key);
    }
  }

  @Example
  void aKeyOfAnotherFormIsNotItsOwn() {
    var template = KeyTemplate.of("exports/{date}/{sha256}.{format}");
    assertEquals("exports/", template.beginning());
    assertFalse(template.fits("exports/2030-01-01/report.csv"));
    assertFalse(template.fits("exports/latest/" + "0".repeat(64) + ".csv"));
    assertTrue(template.fits("exports/2030-01-01/" + "0".repeat(64) + ".csv"));
  }
}
