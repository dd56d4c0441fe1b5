package dev.landfall.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a component of each type makes of the values of a payload. */
class RecordViewTest {

  private static final UUID GUID = UUID.fromString("1a2b3c4d-0000-1111-2222-abcdefabcdef");

  private static Payload with(@Nullable Object value) {
    return Payload.builder().with("It", value).build();
  }

  record Line(String item, int quantity) {}

  record WorkOrder(
      @Member("Work order GUID") UUID id,
      BigDecimal cost,
      Optional<Instant> dueDate,
      List<Line> lines) {}

  @Test
  void aCustomContractIsReadIntoARecord() {
    Payload payload = Payload.builder()
        .with("Work order GUID", "{1A2B3C4D-0000-1111-2222-ABCDEFABCDEF}")
        .with("Cost", 90055)
        .with("DueDate", "/Date(1893456300000)/")
        .with(
            "Lines",
            List.of(Map.of("Item", "Bolt", "Quantity", 4), Map.of("Item", "Nut", "Quantity", "8")))
        .with("Unknown", "kept in the payload")
        .build();
    assertEquals(
        new WorkOrder(
            GUID,
            new BigDecimal(90055),
            Optional.of(Instant.parse("2030-01-01T00:05:00Z")),
            List.of(new Line("Bolt", 4), new Line("Nut", 8))),
        payload.as(WorkOrder.class));
  }

  record Scalars(
      String it,
      @Member("It") Optional<String> again,
      @Member("None") Optional<String> none) {}

  @Test
  void textIsReadOfNumbersAndBooleansTooAndMayBeBlank() {
    assertEquals(
        new Scalars("1.50", Optional.of("1.50"), Optional.empty()),
        with(new BigDecimal("1.50")).as(Scalars.class));
    assertEquals(new Scalars("", Optional.empty(), Optional.empty()), with("").as(Scalars.class));
    assertEquals("true", with(true).as(Scalars.class).it());
  }

  record Whole(
      @Member("It") long primitive,
      @Member("It") Long boxed,
      @Member("It") OptionalLong optional,
      @Member("None") OptionalLong none) {}

  @Test
  void recordIdsBeyond32BitsAreWholeNumbers() {
    assertEquals(
        new Whole(68719523988L, 68719523988L, OptionalLong.of(68719523988L), OptionalLong.empty()),
        with(68719523988L).as(Whole.class));
  }

  record Shorter(
      @Member("It") int primitive,
      @Member("It") Integer boxed,
      @Member("It") OptionalInt optional,
      @Member("None") OptionalInt none) {}

  @Test
  void wholeNumbersOf32BitsRefuseLongerOnes() {
    assertEquals(
        new Shorter(7, 7, OptionalInt.of(7), OptionalInt.empty()),
        with(new BigDecimal("7.0")).as(Shorter.class));
    assertRefused(
        "Shorter reads It as a whole number of 32 bits; the number there is none.",
        Shorter.class,
        with(68719523988L));
  }

  record Decimals(
      @Member("It") BigDecimal exact,
      @Member("It") double primitive,
      @Member("It") Double boxed) {}

  @Test
  void amountsAreReadOfWholeNumbersToo() {
    assertEquals(
        new Decimals(new BigDecimal("90055.6"), 90055.6, 90055.6),
        with(new BigDecimal("90055.6")).as(Decimals.class));
    assertEquals(new Decimals(BigDecimal.ONE, 1, 1.0), with(1).as(Decimals.class));
    assertRefused(
        "Decimals reads It as a number in the range of a double; the number there is none.",
        Decimals.class,
        with(BigInteger.TEN.pow(400)));
  }

  record Answer(boolean it, @Member("It") Boolean boxed) {}

  @ParameterizedTest
  @CsvSource({"Yes, true", "no, false", "true, true", "0, false", "1, true"})
  void yesAndNoAreBooleans(String text, boolean expected) {
    assertEquals(new Answer(expected, expected), with(text).as(Answer.class));
  }

  record Moment(Instant it) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/Date(1893456300000)/",
        "/Date(1893456300000-0700)/",
        "2030-01-01T00:05:00Z",
        "2030-01-01T00:05:00.0000000Z"
      })
  void timesAreReadInBothNotations(String text) {
    assertEquals(new Moment(Instant.parse("2030-01-01T00:05:00Z")), with(text).as(Moment.class));
  }

  record Day(LocalDate it) {}

  @ParameterizedTest
  @ValueSource(strings = {"/Date(1637193600000)/", "2021-11-18", "2021-11-18T00:00:00Z"})
  void aDateOfXppIsMidnightUtc(String text) {
    assertEquals(new Day(LocalDate.of(2021, 11, 18)), with(text).as(Day.class));
  }

  @Test
  void aDateWithATimeOfDayIsRefusedBecauseTheTimeWouldBeLost() {
    assertRefused(
        "Day reads It as a date at midnight UTC such as /Date(1893456000000)/ or 2030-01-01;"
            + " the text there is none.",
        Day.class,
        with("2021-11-18T00:00:01Z"));
  }

  enum Outcome {
    SUCCEEDED,
    PARTIALLY_SUCCEEDED
  }

  record Ended(Outcome it) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PartiallySucceeded",
        "Partially succeeded",
        "PARTIALLY_SUCCEEDED",
        " partially succeeded "
      })
  void aSymbolIsFoundWithoutCaseBlanksAndUnderscores(String text) {
    assertEquals(new Ended(Outcome.PARTIALLY_SUCCEEDED), with(text).as(Ended.class));
  }

  @Test
  void anUnknownSymbolIsRefusedWithTheKnownOnes() {
    assertRefused(
        "Ended reads It as one of SUCCEEDED, PARTIALLY_SUCCEEDED; the text there is none.",
        Ended.class,
        with("Fehlgeschlagen"));
  }

  record OfText(
      @Member("Id") EventId id,
      @Member("Company") Optional<LegalEntity> company,
      @Member("Wait") Duration delay) {}

  @Test
  void typesThatAreMadeOfTextAreRead() {
    Payload.Builder members = Payload.builder()
        .with("Id", "{1a2b3c4d-0000-1111-2222-abcdefabcdef}")
        .with("Company", "USMF")
        .with("Wait", "PT5S");
    assertEquals(
        new OfText(
            new EventId("1A2B3C4D-0000-1111-2222-ABCDEFABCDEF"),
            Optional.of(new LegalEntity("usmf")),
            Duration.ofSeconds(5)),
        members.build().as(OfText.class));
  }

  @Test
  void textThatItsTypeRefusesIsRefused() {
    Payload payload = Payload.builder()
        .with("Id", "1")
        .with("Company", "usmf")
        .with("Wait", "soon")
        .build();
    assertRefused(
        "OfText reads Wait as text that Duration takes; the text there is none.",
        OfText.class,
        payload);
  }

  record Inner(String name) {}

  record Outer(
      Inner it, @Member("It") Payload same, @Member("It") Map<String, String> names) {}

  @Test
  void aRecordOfOneStringIsReadFromAnObjectToo() {
    assertEquals(
        new Outer(new Inner("n"), Payload.of(Map.of("Name", "n")), Map.of("Name", "n")),
        with(Map.of("Name", "n")).as(Outer.class));
  }

  record Many(
      @Member("It") List<String> texts,
      @Member("Absent") List<Line> absent,
      @Member("Null") List<Line> nothing,
      @Member("Absent") Map<String, Line> none,
      @Member("Maybe") List<Optional<Instant>> maybe) {}

  @Test
  void anAbsentListIsEmptyAndANullOneToo() {
    Payload payload = with(List.of("a", 1)).toBuilder()
        .with("Null", null)
        .with("Maybe", Arrays.asList("1900-01-01", null, "/Date(0)/"))
        .build();
    assertEquals(
        new Many(
            List.of("a", "1"),
            List.of(),
            List.of(),
            Map.of(),
            List.of(Optional.empty(), Optional.empty(), Optional.of(Instant.EPOCH))),
        payload.as(Many.class));
  }

  record Tree(String name, List<Tree> children) {}

  @Test
  void aRecordMayContainItself() {
    assertEquals(
        new Tree("root", List.of(new Tree("leaf", List.of()))),
        Payload.of(Map.of("Name", "root", "Children", List.of(Map.of("Name", "leaf"))))
            .as(Tree.class));
  }

  static void assertRefused(String message, Class<? extends Record> type, Payload payload) {
    var refused = assertThrows(MalformedEventException.class, () -> payload.as(type));
    assertEquals(message, refused.getMessage());
    assertNull(refused.getCause());
  }
}
