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
import java.util.UUID;
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
    "2030-01-01T02:05:00+02:00, 2030-01-01T00:05:00Z",
    "2030-01-01T00:05:00, 2030-01-01T00:05:00Z",
    "2030-01-01T00:05:00.5, 2030-01-01T00:05:00.500Z",
    "2030-01-01T00:05:00.123456789Z, 2030-01-01T00:05:00.123456789Z",
    "2030-01-01, 2030-01-01T00:00:00Z",
    "2024-02-29T23:59:59Z, 2024-02-29T23:59:59Z",
    "2030-01-01T00:05Z, 2030-01-01T00:05:00Z"
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
  @ValueSource(
      strings = {
        "",
        "tomorrow",
        "/Date(",
        "/Date()/",
        "/Date(-)/",
        "/Date(1)",
        "/Date(1+070)/",
        "/Date(1+07000)/",
        "/Date(1+07x0)/",
        "/Date(99999999999999999999)/",
        "2030-13-01",
        "2030-02-29",
        "2030-01-01T24:00:00Z",
        "2030-01-01T00:60:00Z",
        "2030-01-01T00:00:61Z",
        "2030-01-01T00:00:00.",
        "2030-01-01T00:00:00.1234567890Z",
        "2030-01-01 00:00:00"
      })
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
  void yesAndNoAreReadInEveryForm() {
    for (Object yes : List.<Object>of(true, "Yes", "yes", "TRUE", 1)) {
      assertEquals(Optional.of(true), with(yes).bool("it"));
    }
    for (Object no : List.<Object>of(false, "No", "false", 0)) {
      assertEquals(Optional.of(false), with(no).bool("it"));
    }
    for (Object other : List.<Object>of("", "Ja", 2, List.of())) {
      assertEquals(Optional.empty(), with(other).bool("it"));
    }
  }

  @Test
  void guidsAreReadWithAndWithoutBracesAndZerosAreAbsent() {
    var guid = UUID.fromString("aaaaaaaa-0000-0000-0000-00000000000f");
    assertEquals(
        Optional.of(guid), with("{AAAAAAAA-0000-0000-0000-00000000000F}").guid("it"));
    assertEquals(Optional.of(guid), with("aaaaaaaa-0000-0000-0000-00000000000f").guid("it"));
    for (String none : List.of(
        "00000000-0000-0000-0000-000000000000",
        "{AAAAAAAA-0000-0000-0000-00000000000F",
        "AAAAAAAA-0000-0000-0000-00000000000G",
        "1-1-1-1-1")) {
      assertEquals(Optional.empty(), with(none).guid("it"));
    }
  }

  @Test
  void listsAreReadByTheKindOfTheirElements() {
    var list = with(Arrays.asList("a", null, 7, Map.of("b", 1)));
    assertEquals(List.of("a", "7"), list.texts("it"));
    assertEquals(List.of(Payload.of(Map.of("b", 1))), list.payloads("it"));
    assertEquals(List.of(), with("no list").texts("it"));
    assertEquals(List.of(), list.payloads("absent"));
  }

  @Test
  void equalNumbersHaveOneForm() {
    assertEquals(with(7L), with(7));
    assertEquals(with(7), with(BigInteger.valueOf(7)));
    assertEquals(with(7), with(new BigDecimal("7")));
    assertEquals(
        with(BigInteger.ONE.shiftLeft(64)), with(new BigDecimal(BigInteger.ONE.shiftLeft(64))));
  }

  @Test
  void aTextTooLongForANumberIsNone() {
    assertEquals(Optional.empty(), with("9".repeat(1_000_000)).decimal("it"));
  }

  @Test
  void aBuilderReplacesAtTheOldPlaceAndBeginsAnew() {
    var builder = Payload.builder().with("a", 1).with("b", 2).with("a", 3);
    var payload = builder.build();
    assertEquals(List.of("a", "b"), List.copyOf(payload.names()));
    assertEquals(OptionalLong.of(3), payload.integer("a"));
    assertEquals(Payload.of(Map.of()), builder.build());
    assertEquals(
        List.of("a", "b", "c"),
        List.copyOf(payload.toBuilder().with("c", null).build().names()));
    assertEquals(List.of("a", "b"), List.copyOf(payload.names()));
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
    assertEquals("Payload[EventId] and 1 other", hostile.toString());
  }

  @Test
  void withoutSecretsEveryTextKeepsAllButWhatItsLinksKeepSecret() {
    Payload secret = Payload.of(Map.of(
        "Link",
        "https://h/f.csv?sv=1&sig=abc",
        "Inner",
        Payload.of(Map.of("Links", List.of("https://h/g.csv?sig=abc", "plain", 7L))),
        "Number",
        7L));
    assertEquals(
        Payload.of(Map.of(
            "Link",
            "https://h/f.csv?...",
            "Inner",
            Payload.of(Map.of("Links", List.of("https://h/g.csv?...", "plain", 7L))),
            "Number",
            7L)),
        secret.withoutSecrets());
  }
}
