package dev.landfall.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which member a component reads, and what it is when nothing is there. */
class RecordViewMembersTest {

  record Line(String item, int quantity) {}

  enum Outcome {
    SUCCEEDED
  }

  record OneNumber(int netWeight) {}

  @ParameterizedTest
  @ValueSource(strings = {"netWeight", "NetWeight", "netweight", "NETWEIGHT"})
  void aMemberHasTheNameOfTheComponentInAnyCase(String name) {
    assertEquals(new OneNumber(7), Payload.builder().with(name, 7).build().as(OneNumber.class));
  }

  @Test
  void theNameAsItIsComesBeforePascalCaseAndThatBeforeAnyOther() {
    Payload.Builder members = Payload.builder().with("NETWEIGHT", 1).with("NetWeight", 2);
    assertEquals(new OneNumber(2), members.build().as(OneNumber.class));
    members.with("NETWEIGHT", 1).with("NetWeight", 2).with("netWeight", 3);
    assertEquals(new OneNumber(3), members.build().as(OneNumber.class));
  }

  record Chosen(@Member("NETweight") int weight) {}

  @Test
  void aMemberThatIsNamedHasExactlyThatName() {
    assertEquals(new Chosen(1), Payload.builder().with("NETweight", 1).build().as(Chosen.class));
    assertThrows(
        MalformedEventException.class,
        () -> Payload.builder().with("netweight", 1).build().as(Chosen.class));
  }

  record Loose(
      Optional<Instant> time,
      Optional<LocalDate> day,
      Optional<UUID> id,
      Optional<BigDecimal> amount,
      OptionalLong count,
      OptionalInt size,
      Optional<Outcome> outcome,
      Optional<Line> line,
      Optional<List<String>> list) {}

  private static final Loose NOTHING = new Loose(
      Optional.empty(),
      Optional.empty(),
      Optional.empty(),
      Optional.empty(),
      OptionalLong.empty(),
      OptionalInt.empty(),
      Optional.empty(),
      Optional.empty(),
      Optional.empty());

  @Test
  void absentNullBlankAndWhatFinOpsWritesForNoneAreNothing() {
    assertEquals(NOTHING, Payload.of(Map.of()).as(Loose.class));
    Payload.Builder nulls = Payload.builder();
    Payload.Builder blanks = Payload.builder();
    for (String name : List.of("Time", "Day", "Id", "Amount", "Count", "Size", "Outcome", "Line")) {
      nulls.with(name, null);
      blanks.with(name, " ");
    }
    assertEquals(NOTHING, nulls.build().as(Loose.class));
    assertEquals(NOTHING, blanks.build().as(Loose.class));
    assertEquals(
        NOTHING,
        Payload.of(Map.of(
                "Time", "/Date(-2208988800000)/",
                "Day", "1900-01-01T00:00:00Z",
                "Id", "{00000000-0000-0000-0000-000000000000}"))
            .as(Loose.class));
  }

  record Nullables(
      @Nullable String text, @Nullable Instant time, RecordViewMembersTest.@Nullable Line line) {}

  @Test
  void aComponentMarkedNullableIsNullWhereNothingIs() {
    Nullables read = Payload.of(Map.of("Time", "1900-01-01")).as(Nullables.class);
    assertNull(read.text());
    assertNull(read.time());
    assertNull(read.line());
  }
}
