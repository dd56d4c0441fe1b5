package dev.landfall.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.landfall.event.Payload;
import dev.landfall.event.RawEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventWriterTest {

  private static final String BEGIN = "{\"EventId\":\"e\",\"EventTime\":\"/Date(0)/\",\"it\":";

  private static String printed(String value) {
    var event =
        new EventReader().read(RawEvent.of((BEGIN + value + "}").getBytes(StandardCharsets.UTF_8)));
    String text = new String(new EventWriter().write(event).toByteArray(), StandardCharsets.UTF_8);
    return text.substring(BEGIN.length(), text.length() - 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.50",
        "9223372036854775807",
        "-9223372036854775809",
        "1E+400",
        "1E-400",
        "\"\\u00e4\"",
        "\"\\\\ \\\" \\n\"",
        "true",
        "null",
        "[]",
        "[1,null,[{}]]",
        "{\"Work order GUID\":{\"b\":2,\"a\":1}}",
        "\"\\uD83D\\uDE00\"",
        "\"\\uD800\"",
        "\"\\uDE00\\uD83D\""
      })
  void whatWasReadIsPrintedAsItWas(String value) {
    assertEquals(value.replace("\\u00e4", "ä"), printed(value));
  }

  @Test
  void onlyTheSpellingMayChange() {
    assertEquals("1E+400", printed("1e400"));
    assertEquals("\"/\"", printed("\"\\/\""));
    assertEquals("0", printed("-0"));
    assertEquals("0.0", printed("-0.0"));
    assertEquals("2", printed("1,\"it\":2"));
  }

  @Test
  void aPayloadMadeByHandIsPrintedToo() {
    var payload = Payload.builder().with("b", 2).with("a", "x").build();
    assertEquals(
        "{\"b\":2,\"a\":\"x\"}",
        new String(new EventWriter().write(payload), StandardCharsets.UTF_8));
  }
}
