package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Headers;
import dev.landfall.event.RawEvent;
import dev.landfall.json.EventReader;
import dev.landfall.json.Reading;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What is within a limit is read, and what is beyond is refused in the limit's own words. */
class ReadingLimitsProperties {

  private static final String EVENT = "\"EventId\":\"e-1\",\"EventTime\":\"2030-01-01\"";

  private final EventReader reader = new EventReader();

  private void assertLimit(int limit, int size, String rule, String value) {
    assertLimit(limit, size, rule, "at line 1, column ", "{" + EVENT + ",\"a\":" + value + "}");
  }

  private void assertLimit(int limit, int size, String rule, String place, String body) {
    Reading reading = reader
        .readAll(RawEvent.of(body.getBytes(StandardCharsets.UTF_8)), Headers.none())
        .get(0);
    if (size <= limit) {
      assertInstanceOf(Reading.Read.class, reading);
    } else {
      String message = assertInstanceOf(Reading.Refused.class, reading).why().getMessage();
      assertTrue(message.contains(rule) && message.contains(place), message);
    }
  }

  @Property(tries = 1000)
  void ofNesting(@ForAll @IntRange(min = 95, max = 105) int levels, @ForAll boolean objects) {
    int inner = levels - 1;
    String value = objects
        ? "{\"b\":".repeat(inner) + "1" + "}".repeat(inner)
        : "[".repeat(inner) + "]".repeat(inner);
    assertLimit(100, levels, "nested up to 100 levels", value);
  }

  @Property(tries = 1000)
  void ofDigits(
      @ForAll @IntRange(min = 990, max = 1010) int length, @ForAll("digits") String digit) {
    String digits = digit.equals("-") ? "-" + "1".repeat(length - 1) : digit.repeat(length);
    String number = digit.equals("0") ? "0." + "1".repeat(length - 2) : digits;
    assertLimit(1_000, length, "A number in an event has up to 1,000 characters", number);
  }

  @Provide
  Arbitrary<String> digits() {
    return Arbitraries.of("0", "1", "9", "-");
  }

  @Property(tries = 1000)
  void ofExponents(
      @ForAll @IntRange(min = 9_990, max = 10_010) int exponent, @ForAll("signs") String sign) {
    String rule = "an exponent of up to 10,000 either way";
    assertLimit(10_000, exponent, rule, "1e" + sign + exponent);
  }

  @Provide
  Arbitrary<String> signs() {
    return Arbitraries.of("", "+", "-");
  }

  @Property(tries = 1000)
  void ofTexts(@ForAll @IntRange(min = -2, max = 2) int more, @ForAll boolean wide) {
    int length = (1 << 20) + more;
    String text = (wide ? "\u9867" : "x").repeat(length);
    String rule = "A text in an event has up to 1,048,576 characters";
    assertLimit(1 << 20, length, rule, '"' + text + '"');
  }

  @Property(tries = 1000)
  void ofNames(@ForAll @IntRange(min = 990, max = 1010) int length) {
    String rule = "A member's name has up to 1,000 characters";
    assertLimit(1_000, length, rule, "{\"" + "n".repeat(length) + "\":1}");
  }

  @Property(tries = 1000)
  void ofValues(@ForAll @IntRange(min = 9_990, max = 10_010) int values) {
    String rule = "An event has up to 10,000 values";
    assertLimit(10_000, values, rule, "[" + "0,".repeat(values - 4) + "0]");
  }

  @Property(tries = 1000)
  void ofIds(@ForAll @IntRange(min = 120, max = 136) int length) {
    String body = "{\"EventTime\":\"2030-01-01\",\"EventId\":\"" + "i".repeat(length) + "\"}";
    assertLimit(128, length, "An event id has 1 to 128 characters", "EventId", body);
  }

  @Property(tries = 1000)
  void ofBatches(@ForAll @IntRange(min = 4_995, max = 5_005) int events) {
    String batch = "[" + String.join(",", Collections.nCopies(events, "{" + EVENT + "}")) + "]";
    List<Reading> readings =
        reader.readAll(RawEvent.of(batch.getBytes(StandardCharsets.UTF_8)), Headers.none());
    if (events <= 5_000) {
      assertEquals(events, readings.size());
      assertTrue(readings.stream().allMatch(Reading.Read.class::isInstance));
    } else {
      var refused = assertInstanceOf(Reading.Refused.class, readings.get(0));
      assertEquals(1, readings.size());
      assertTrue(refused.why().getMessage().contains("up to 5,000 events"));
    }
  }
}
