package dev.landfall.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Headers;
import dev.landfall.event.MalformedEventException;
import dev.landfall.event.RawEvent;
import java.util.Map;

/**
 * Plays the seeds beside it; with the environment variable {@code JAZZER_FUZZ=1} it looks for
 * inputs that reach new code, for up to half a minute; {@code JAZZER_MAX_DURATION=1h} makes it an
 * hour.
 */
class EventReaderFuzzTest {

  private static final Headers HEADERS = Headers.of(Map.of(
      "ce-specversion", "1.0",
      "ce-id", "i",
      "ce-source", "s",
      "ce-time", "2030-01-01T00:00:00Z"));

  private final EventReader reader = new EventReader();
  private final EventWriter writer = new EventWriter();

  @FuzzTest(maxDuration = "30s")
  @DictionaryEntries({
    "{\"EventId\":\"e\",\"EventTime\":\"/Date(0)/\"",
    "{\"MessageName\":\"m\",\"InputParameters\":[{\"key\":\"Target\",\"value\":",
    "\"OperationCreatedOn\":\"\\/Date(1+0000)\\/\"",
    "\"EventTimeIso8601\":\"2030-01-01T00:00:00.1234567Z\"",
    "{\"specversion\":\"1.0\",\"data\":",
    "{\"eventType\":\"t\",\"data\":\"{",
    "\"data_base64\":\"",
    "\\uD800",
    "\u00ef\u00bb\u00bf",
    "1e10000",
    "[{",
    "},{",
    "}]"
  })
  void whateverTheBytesTheReaderAnswers(byte[] bytes) {
    try {
      readAgain(reader.read(bytes));
    } catch (MalformedEventException malformed) {
      assertEquals(RawEvent.of(bytes), malformed.raw().orElseThrow());
    }
    for (Headers headers : new Headers[] {Headers.none(), HEADERS}) {
      for (Reading reading : reader.readAll(RawEvent.of(bytes), headers)) {
        if (reading instanceof Reading.Read read) {
          assertEquals(read.event(), reader.read(read.body()));
          readAgain(read.event());
        }
      }
    }
  }

  private void readAgain(BusinessEvent event) {
    assertEquals(event, reader.read(writer.write(event)));
  }
}
