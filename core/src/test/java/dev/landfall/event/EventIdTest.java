package dev.landfall.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdTest {

  private static final String GUID = "1A2B3C4D-0000-1111-2222-ABCDEFABCDEF";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1A2B3C4D-0000-1111-2222-ABCDEFABCDEF",
        "{1A2B3C4D-0000-1111-2222-ABCDEFABCDEF}",
        "1a2b3c4d-0000-1111-2222-abcdefabcdef",
        " {1a2b3c4d-0000-1111-2222-ABCDEFABCDEF} "
      })
  void allSpellingsOfOneGuidAreEqual(String spelling) {
    assertEquals(GUID, new EventId(spelling).value());
  }

  @Test
  void anIdThatIsNoGuidKeepsItsCase() {
    assertEquals("Order-7", new EventId(" Order-7 ").value());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a\nb"})
  void aBlankIdOrOneWithControlCharactersIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> new EventId(text));
  }

  @Test
  void anIdOver128CharactersIsRefusedWithItsLength() {
    var refused = assertThrows(IllegalArgumentException.class, () -> new EventId("x".repeat(129)));
    assertEquals(
        "An event id has 1 to 128 characters and no control characters; this one has 129.",
        refused.getMessage());
  }
}
