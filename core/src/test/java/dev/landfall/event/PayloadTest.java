package dev.landfall.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {

  private static Payload with(Object value) {
    return Payload.of(Map.of("it", value));
  }

  @ParameterizedTest
  @CsvSource({
    "/Date(1893456300000)/, 2030-01-01T00:05:00Z",
    "/Date(1893456300000+0000)/, 2030-01-01T00:05:00Z",
    "/Date(1893456300000-0700)/, 2030-01-01T00:05:00Z",
    "/Date(-1000)/, 1969-12-31T23:59:59Z",
    "2030-01-01T00:05:00.1234567Z, 2030-01-01T00:05:00.123456700Z",
    "2030-01-01T02:05:00+02:00, 2030-01-01T00:05:00Z"
  })
  void bothDateNotationsAreReadAsUtc(String text, Instant expected) {
    assertEquals(Optional.of(expected), with(text).instant("it"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/Date(-2208988800000)/", "1900-01-01T00:00:00Z"})
  void theNullDateIsAbsent(String text) {
    assertEquals(Optional.empty(), with(text).instant("it"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tomorrow", "/Date()/", "/Date(99999999999999999999)/", "2030-13-01"})
  void whatIsNoDateIsAbsent(String text) {
    assertEquals(Optional.empty(), with(text).instant("it"));
  }

  @Test
  void wholeNumbersAreReadFromEveryKindThatHoldsOne() {
    assertEquals(OptionalLong.of(7), with(7).integer("it"));
    assertEquals(OptionalLong.of(68719523988L), with(68719523988L).integer("it"));
    assertEquals(OptionalLong.of(7), with(" 7 ").integer("it"));
    assertEquals(OptionalLong.of(90055), with(new BigDecimal("90055.0")).integer("it"));
    assertEquals(
        OptionalLong.of(Long.MIN_VALUE),
        with(BigInteger.valueOf(Long.MIN_VALUE)).integer("it"));
  }

  @Test
  void whatIsNoWholeNumberOf64BitsIsAbsent() {
    assertEquals(OptionalLong.empty(), with(new BigDecimal("1.5")).integer("it"));
    assertEquals(OptionalLong.empty(), with(BigInteger.ONE.shiftLeft(64)).integer("it"));
    assertEquals(OptionalLong.empty(), with(new BigDecimal("1e999999999")).integer("it"));
    assertEquals(OptionalLong.empty(), with("seven").integer("it"));
    assertEquals(OptionalLong.empty(), with(true).integer("it"));
    assertEquals(OptionalLong.empty(), with(7).integer("other"));
  }

  @Test
  void nestedMembersAndListsAreKept() {
    var payload = with(Map.of("Inner name", Map.of("deep", List.of(1, "two"))));
    assertEquals(
        Optional.of(Payload.of(Map.of("deep", List.of(1, "two")))),
        payload.nested("it").flatMap(inner -> inner.nested("Inner name")));
  }

  @Test
  void aChangeOfTheSourceDoesNotReachThePayload() {
    List<Object> list = new ArrayList<>(Arrays.asList("a", null));
    var payload = with(list);
    list.add("b");
    assertEquals(with(Arrays.asList("a", null)), payload);
  }

  @Test
  void aValueOfAnotherClassIsRefusedByName() {
    var refused = assertThrows(IllegalArgumentException.class, () -> with(Instant.EPOCH));
    assertEquals(
        "A payload holds text, exact numbers, booleans, lists and payloads, not a"
            + " java.time.Instant.",
        refused.getMessage());
  }

  @Test
  void printingShowsNamesAndNoValues() {
    assertFalse(with("https://host/file?sig=secret").toString().contains("secret"));
  }

  @Test
  void whatIsNoNameIsCountedAndNotShown() {
    var hostile =
        Payload.builder().with("EventId", 1).with("https://h/f?sig=secret", 1).build();
    assertEquals("Payload[EventId] and 1 others", hostile.toString());
  }
}
