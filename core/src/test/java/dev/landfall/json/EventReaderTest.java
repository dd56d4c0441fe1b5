package dev.landfall.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.EventId;
import dev.landfall.event.EventType;
import dev.landfall.event.Headers;
import dev.landfall.event.LegalEntity;
import dev.landfall.event.MalformedEventException;
import dev.landfall.event.RawEvent;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

  private static final String MINIMAL =
      "\"EventId\":\"e-1\",\"EventTime\":\"/Date(1893456300000)/\"";

  private final EventReader reader = new EventReader();

  private BusinessEvent read(String json) {
    return reader.read(RawEvent.of(json.getBytes(StandardCharsets.UTF_8)));
  }

  private String refusal(String json) {
    return assertThrows(MalformedEventException.class, () -> read(json)).getMessage();
  }

  @Test
  void theExportEventOf2019IsRead() {
    var event = read("""
            {"DownloadURL":"https:\\/\\/d365fo0a1b2c3d4e5f.blob.core.windows.net\\/dmf\\/V.json?sig=x",
             "EntityName":"Vendor groups","EventId":"{11111111-2222-3333-4444-555555555555}",
             "EventTime":"\\/Date(1893456300000)\\/","LegalEntity":"demf","MajorVersion":0,
             "MinorVersion":0,"NoOfRecords":12,"OperationType":"Export",
             "ProjectCategory":"Integration","RecId":68719400001}
            """);
    assertEquals(new EventId("11111111-2222-3333-4444-555555555555"), event.id());
    assertEquals(Instant.parse("2030-01-01T00:05:00Z"), event.time());
    assertEquals(Optional.empty(), event.type());
    assertEquals(Optional.of(new LegalEntity("demf")), event.legalEntity());
    assertEquals(Optional.of("Vendor groups"), event.entity());
    assertEquals(OptionalLong.empty(), event.controlNumber());
    assertEquals(OptionalLong.of(68719400001L), event.payload().integer("RecId"));
    assertEquals(
        Optional.of("https://d365fo0a1b2c3d4e5f.blob.core.windows.net/dmf/V.json?sig=x"),
        event.payload().text("DownloadURL"));
  }

  @Test
  void theExportEventOfTodayIsRead() {
    var event = read("""
            {"BusinessEventId":"NAVAXDMFExportBusinessEvent","BusinessEventLegalEntity":"USMF",
             "ContextRecordSubject":"","ControlNumber":5637150001,
             "EventId":"11111111-2222-3333-4444-555555555555","EventTime":"/Date(1893456300000)/",
             "EventTimeIso8601":"2030-01-01T00:05:00.1234567Z",
             "InitiatingUserAADObjectId":"{00000000-0000-0000-0000-000000000000}",
             "LegalEntity":"demf","MajorVersion":0,"MinorVersion":0,
             "ParentContextRecordSubjects":[],"EntityName":"Vendor groups"}
            """);
    assertEquals(Optional.of(EventType.EXPORT), event.type());
    assertEquals(Optional.of(new LegalEntity("usmf")), event.legalEntity());
    assertEquals(Instant.parse("2030-01-01T00:05:00.1234567Z"), event.time());
    assertEquals(OptionalLong.of(5637150001L), event.controlNumber());
  }

  @Test
  void theEndpointTestEventIsReadWithItsSmallestControlNumber() {
    var event = read(
        "{\"BusinessEventId\":\"BusinessEventsTestEndpointContract\",\"BusinessEventLegalEntity\":\"\","
            + "\"ControlNumber\":-9223372036854775808,"
            + MINIMAL
            + "}");
    assertEquals(Optional.of(EventType.ENDPOINT_TEST), event.type());
    assertEquals(Optional.empty(), event.legalEntity());
    assertEquals(OptionalLong.of(Long.MIN_VALUE), event.controlNumber());
  }

  @Test
  void unknownMembersSurviveInOrder() {
    var event =
        read("{\"Work order GUID\":\"w\"," + MINIMAL + ",\"a\":{\"b\":[1,null]},\"z\":1.50}");
    assertEquals(
        List.of("Work order GUID", "EventId", "EventTime", "a", "z"),
        List.copyOf(event.payload().names()));
    assertEquals(Optional.of(new BigDecimal("1.50")), event.payload().decimal("z"));
    assertTrue(event.payload().nested("a").isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void everyUnicodeEncodingOfJsonIsRead(String charset) {
    byte[] bytes = ("{" + MINIMAL + "}").getBytes(Charset.forName(charset));
    assertEquals(new EventId("e-1"), reader.read(RawEvent.of(bytes)).id());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "``, there is nothing here",
        "[], begins with an array",
        "\"text\", begins with a string",
        "12, begins with a number",
        "true, begins with a literal",
        "{\"EventId\":, `not JSON at line 1, column 12, where a member, its value, a comma or } was expected`",
        "{\"a\":[1 2]}, `not JSON at line 1, column 9, where a value, a comma or ] was expected`",
        "<event/>, `not JSON at line 1, column 1`"
      })
  void whatIsNoJsonObjectIsRefusedWithThePlace(String text, String expected) {
    String message = refusal(text);
    assertTrue(message.contains(expected), message);
  }

  @Test
  void somethingAfterTheObjectIsRefused() {
    String message = refusal("{" + MINIMAL + "} {}");
    assertTrue(message.contains("something follows its end at line 1"), message);
  }

  @Test
  void aMissingIdIsRefusedWithTheNamesThatAreThere() {
    assertEquals(
        "A business event has a member EventId; this object has the members [Order, Total].",
        refusal("{\"Order\":1,\"Total\":2}"));
    assertEquals(
        "A business event has a member EventId; this object has the members [] and 1 other.",
        refusal("{\"https://h/f?sig=secret\":1}"));
  }

  @Test
  void aMissingOrUnreadableTimeIsRefused() {
    assertTrue(refusal("{\"EventId\":\"e\"}").contains("EventTime such as /Date("));
    assertTrue(refusal("{\"EventId\":\"e\",\"EventTime\":\"noon\"}").contains("EventTime"));
  }

  @Test
  void nestingAndNumbersBeyondTheLimitsAreRefusedByName() {
    assertRefused("nested up to 100 levels", "[".repeat(100) + "]".repeat(100));
    assertRefused("A number in an event has up to 1,000 characters", "9".repeat(1001));
    assertRefused("A number in an event has up to 1,000 characters", "0." + "9".repeat(999));
    assertRefused("an exponent of up to 10,000 either way", "1e10001");
    assertRefused("an exponent of up to 10,000 either way", "1e-99999999999");
    assertRefused("A text in an event has up to 1,048,576 characters", text((1 << 20) + 1));
    assertRefused("A member's name has up to 1,000 characters", "{" + text(1001) + ":1}");
    assertRefused("An event has up to 10,000 values", "[" + "0,".repeat(9_997) + "0]");
  }

  private void assertRefused(String limit, String value) {
    String message = refusal("{" + MINIMAL + ",\"a\":" + value + "}");
    assertTrue(message.contains(limit) && message.contains(" at line 1, column "), message);
  }

  private static String text(int length) {
    return '"' + "x".repeat(length) + '"';
  }

  @Test
  void whatIsExactlyAtALimitIsRead() {
    for (String value : List.of(
        "[".repeat(99) + "]".repeat(99),
        "9".repeat(1000),
        "1e10000",
        "1E-10000",
        text(1 << 20),
        "{" + text(1000) + ":1}",
        "[" + "0,".repeat(9_996) + "0]")) {
      assertEquals(
          new EventId("e-1"), read("{" + MINIMAL + ",\"a\":" + value + "}").id());
    }
  }

  @Test
  void aRefusalNeverQuotesTheText() {
    String message = refusal("{\"DownloadURL\": https://host/x?sig=secret}");
    assertFalse(message.contains("secret"), message);
    var thrown = assertThrows(MalformedEventException.class, () -> read("{\"a\":secret}"));
    assertEquals(null, thrown.getCause());
    assertEquals(
        Optional.of(RawEvent.of("{\"a\":secret}".getBytes(StandardCharsets.UTF_8))), thrown.raw());
    assertFalse(thrown.toString().contains("secret"));
  }

  private List<Reading> readAll(String body, Map<String, String> headers) {
    return reader.readAll(RawEvent.of(body.getBytes(StandardCharsets.UTF_8)), Headers.of(headers));
  }

  private static String refusalOf(List<Reading> readings) {
    return assertInstanceOf(Reading.Refused.class, readings.get(0)).why().getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "2030-01-01-12-30, /a#2030-01-01-12-30",
    "1-1-1-1-1, /a#1-1-1-1-1",
    "11111111-2222-3333-4444-55555555abcd, 11111111-2222-3333-4444-55555555ABCD"
  })
  void onlyAGuidIsUniqueBeyondTheSourceOfACloudEvent(String id, String expected) {
    String data = "{\"MessageName\":\"m\",\"PrimaryEntityName\":\"e\","
        + "\"OperationCreatedOn\":\"/Date(1893456300000+0000)/\"}";
    assertEquals(
        new EventId(expected),
        read("{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"/a\",\"data\":" + data
                + "}")
            .id());
  }

  @ParameterizedTest
  @CsvSource({"ce-, a b", "cloudEvents:, a%20b", "cloudEvents_, a%20b"})
  void attributesArePercentEncodedInHttpAlone(String prefix, String expected) {
    Reading reading = readAll(
            "{\"EventTime\":\"/Date(0)/\"}",
            Map.of(prefix + "specversion", "1.0", prefix + "id", "7", prefix + "type", "a%20b"))
        .get(0);
    assertEquals(
        Optional.of(new EventType(expected)),
        assertInstanceOf(Reading.Read.class, reading).event().type());
  }

  @Test
  void whatHeadersMakeTooLargeToBeReadAgainIsRefused() {
    String full = "{" + MINIMAL + ",\"a\":[" + "0,".repeat(9_996) + "0]}";
    Map<String, String> headers = Map.of("LegalEntity", "usmf");
    assertTrue(refusalOf(readAll(full, headers)).contains("An event has up to 10,000 values"));
  }

  @Test
  void aNumberThatOutgrowsItsLimitInPrintIsRefused() {
    for (String number : List.of("1".repeat(998) + "e1", "1." + "1".repeat(995) + "e-6")) {
      assertRefused("A number in an event has up to 1,000 characters", number);
    }
  }

  @Test
  void halfASurrogatePairIsTakenInATextAndRefusedInAName() {
    assertEquals(
        Optional.of("\uD83D"),
        read("{" + MINIMAL + ",\"a\":\"\\uD83D\"}").payload().text("a"));
    assertTrue(refusal("{" + MINIMAL + ",\"\\uD83D\":1}").contains("not JSON"));
    String data = "\"{" + MINIMAL.replace("\"", "\\\"") + ",\\\"\\uD83D\\\":1}\"";
    String message = refusal("{\"eventType\":\"t\",\"data\":" + data + "}");
    assertTrue(message.contains("half a surrogate pair"), message);
  }

  @Test
  void aZeroByteInABatchCostsItsElementAlone() {
    List<Reading> readings = readAll("[\0,{" + MINIMAL + "}]", Map.of());
    assertInstanceOf(Reading.Refused.class, readings.get(0));
    assertInstanceOf(Reading.Read.class, readings.get(1));
  }
}
