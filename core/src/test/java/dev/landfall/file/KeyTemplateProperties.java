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
}
