package dev.landfall.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Headers;
import dev.landfall.event.RawEvent;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A poison event never blocks or loses its neighbours. */
class BatchTest {

  private static final String FIRST = "{\"EventId\":\"1\",\"EventTime\":\"/Date(0)/\"}";
  private static final String LAST = "{\"EventId\":\"2\",\"EventTime\":\"/Date(0)/\"}";

  private final EventReader reader = new EventReader();

  private List<Reading> read(String text) {
    return reader.readAll(RawEvent.of(text.getBytes(StandardCharsets.UTF_8)), Headers.none());
  }

  /** The ids of what was read and the bytes of what was refused. */
  private static List<String> outline(List<Reading> readings) {
    return readings.stream()
        .map(reading -> reading instanceof Reading.Read read
            ? read.event().id().value()
            : "refused " + new String(reading.body().toByteArray(), StandardCharsets.UTF_8))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "7",
        "\"text, ]}[{ \\\" \"",
        "[1,{}]",
        "nonsense",
        "{\"a\":}",
        "{\"a\" 1}",
        "{\"EventId\":\"\\u00\"}",
        "{\"a\":[}",
        "{\"a\":[[{]}",
        "{}}",
        "{\"a\":\"\t\"}",
        "{} {}",
        ""
      })
  void aPoisonedElementIsRefusedAlone(String poison) {
    assertEquals(
        List.of("1", "refused " + poison, "2"),
        outline(read("[" + FIRST + ",  " + poison + "\n," + LAST + "]")));
  }

  @Test
  void aRefusalTellsWhichElementAndWhere() {
    var refused = (Reading.Refused) read("[" + FIRST + ", {\"a\":1}]").get(1);
    assertEquals(
        "Element 2 of a batch, from byte %d on: A business event has a member EventId; this object has the members [a]."
            .formatted(FIRST.length() + 3),
        refused.why().getMessage());
  }

  @Test
  void whatFollowsTheArrayIsRefusedAlone() {
    assertEquals(List.of("1", "refused {}"), outline(read("[" + FIRST + "] {}")));
    assertEquals(List.of("1", "refused ]"), outline(read("[" + FIRST + "]]")));
  }

  @Test
  void anArrayThatIsCutOffGivesItsWholeElementsAndIsKeptWhole() {
    String cut = "[" + FIRST + "," + LAST.substring(0, 15);
    assertEquals(
        List.of("1", "refused " + LAST.substring(0, 15), "refused " + cut), outline(read(cut)));
    assertEquals(List.of("1", "refused [" + FIRST), outline(read("[" + FIRST)));
    assertEquals(
        List.of("refused " + FIRST + "}", "refused [" + FIRST + "}"),
        outline(read("[" + FIRST + "}")));
  }

  @Test
  void anEmptyArrayIsRefused() {
    assertEquals(List.of("refused [ ]"), outline(read("[ ]")));
    assertEquals(List.of("refused ["), outline(read("[")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
  void everyUnicodeEncodingIsTakenApart(String charset) {
    byte[] bytes = ("[" + FIRST + "," + LAST + "]").getBytes(Charset.forName(charset));
    assertEquals(List.of("1", "2"), outline(reader.readAll(RawEvent.of(bytes), Headers.none())));
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheText() {
    assertEquals(List.of("1", "2"), outline(read("\uFEFF[" + FIRST + "," + LAST + "]")));
  }

  @Test
  void bytesOfNoEncodingAreRefusedWhole() {
    byte[] lone = {0, '{', 0, '"', (byte) 0xD8, 0};
    var refused =
        (Reading.Refused) reader.readAll(RawEvent.of(lone), Headers.none()).get(0);
    assertTrue(
        refused.why().getMessage().contains("look like UTF-16BE"), refused.why().getMessage());
    assertEquals(RawEvent.of(lone), refused.body());
  }
}
