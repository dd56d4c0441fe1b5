package dev.landfall.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.EventId;
import dev.landfall.event.EventType;
import dev.landfall.event.Headers;
import dev.landfall.event.LegalEntity;
import dev.landfall.event.RawEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shapes in which an endpoint gets an event; each test is named after the shape it proves. */
class EnvelopesTest {

  private static final String ID = "11111111-2222-3333-4444-555555555555";
  private static final String FLAT = """
      {"BusinessEventId":"NAVAXDMFExportBusinessEvent","EventId":"%s",
       "EventTime":"/Date(1893456300000)/","EntityName":"Vendor groups","LegalEntity":"demf"}
      """.formatted(ID).strip();
  private static final String AS_TEXT =
      '"' + FLAT.replace("\"", "\\\"").replace("\n", "\\n").replace("/", "\\/") + '"';
  private static final String GRID = """
      {"id":"99999999-0000-0000-0000-000000000001","topic":"/subscriptions/s","subject":"any",
       "eventType":"grid type","eventTime":"2031-02-03T04:05:06.789Z","data":%s,
       "dataVersion":"1","metadataVersion":"1"}
      """;
  private static final String CLOUD_EVENT = """
      {"specversion":"1.0","id":"99999999-0000-0000-0000-000000000001","source":"/topic",
       "type":"cloud type","time":"2031-02-03T04:05:06.789Z","datacontenttype":"application/json",
       %s}
      """;

  private final EventReader reader = new EventReader();

  private static RawEvent raw(String text) {
    return RawEvent.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private BusinessEvent only(String body, Headers headers) {
    var readings = reader.readAll(raw(body), headers);
    assertEquals(1, readings.size());
    var read = assertInstanceOf(Reading.Read.class, readings.get(0));
    assertEquals(read.event(), reader.read(read.body()), "What is kept reads as the same event.");
    return read.event();
  }

  private BusinessEvent only(String body) {
    return only(body, Headers.none());
  }

  private String refusal(String body) {
    var readings = reader.readAll(raw(body), Headers.none());
    var refused = assertInstanceOf(Reading.Refused.class, readings.get(0));
    assertEquals(Optional.of(refused.body()), refused.why().raw());
    return refused.why().getMessage();
  }

  @Test
  void httpsEndpointSendsTheFlatObject() {
    var body = raw(FLAT);
    var read = assertInstanceOf(
        Reading.Read.class, reader.readAll(body, Headers.none()).get(0));
    assertSame(body, read.body());
    assertEquals(new EventId(ID), read.event().id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[%s]", "%s"})
  void eventGridSendsDataAsText(String delivery) {
    assertEquals(reader.read(raw(FLAT)), only(delivery.formatted(GRID.formatted(AS_TEXT))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[%s]", "%s"})
  void eventGridSendsDataAsAnObjectWhenSwitchedOn(String delivery) {
    assertEquals(reader.read(raw(FLAT)), only(delivery.formatted(GRID.formatted(FLAT))));
  }

  @Test
  void eventGridLendsItsOwnMembersToAnEventOf2019() {
    var event = only("[" + GRID.formatted("{\"EntityName\":\"Vendor groups\"}") + "]");
    assertEquals(new EventId("99999999-0000-0000-0000-000000000001"), event.id());
    assertEquals(Instant.parse("2031-02-03T04:05:06.789Z"), event.time());
    assertEquals(Optional.of(new EventType("grid type")), event.type());
    assertEquals(Optional.of("Vendor groups"), event.entity());
  }

  @Test
  void eventGridSendsBatchesOfUpTo5000() {
    String one = GRID.formatted(AS_TEXT);
    var readings = reader.readAll(raw("[" + (one + ",").repeat(4_999) + one + "]"), Headers.none());
    assertEquals(5_000, readings.size());
    assertTrue(readings.stream()
        .allMatch(reading ->
            reading instanceof Reading.Read read && read.event().id().equals(new EventId(ID))));
    assertTrue(
        refusal("[" + "{},".repeat(5_000) + "{}]").startsWith("A delivery holds up to 5,000"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"data\":", "\"ext\":7,\"data\":"})
  void cloudEventsStructured(String member) {
    for (String data : List.of(FLAT, AS_TEXT)) {
      assertEquals(reader.read(raw(FLAT)), only(CLOUD_EVENT.formatted(member + data)));
    }
  }

  @Test
  void cloudEventsStructuredWithBinaryData() {
    String base64 = Base64.getEncoder().encodeToString(FLAT.getBytes(StandardCharsets.UTF_8));
    assertEquals(
        reader.read(raw(FLAT)), only(CLOUD_EVENT.formatted("\"data_base64\":\"" + base64 + '"')));
    assertTrue(refusal(CLOUD_EVENT.formatted("\"data_base64\":\"*\"")).contains("in Base64"));
  }

  @Test
  void cloudEventsBatched() {
    String one = CLOUD_EVENT.formatted("\"data\":" + FLAT);
    var readings = reader.readAll(raw("[" + one + "," + one + "]"), Headers.none());
    assertEquals(2, readings.size());
    for (Reading reading : readings) {
      assertEquals(
          reader.read(raw(FLAT)), assertInstanceOf(Reading.Read.class, reading).event());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce-", "cloudEvents:", "cloudEvents_", "CE-"})
  void cloudEventsBinary(String prefix) {
    var headers = Headers.of(Map.of(
        prefix + "specversion", "1.0",
        prefix + "id", "order 7",
        prefix + "source", "/shop%20one/a+b",
        prefix + "type", "cloud type",
        prefix + "time", "2031-02-03T04:05:06.789Z"));
    assertEquals(reader.read(raw(FLAT)), only(FLAT, headers));
    var bare = only("{\"EntityName\":\"Vendor groups\"}", headers);
    String source = prefix.equalsIgnoreCase("ce-") ? "/shop one/a+b" : "/shop%20one/a+b";
    assertEquals(new EventId(source + "#order 7"), bare.id());
    assertEquals(Optional.of(new EventType("cloud type")), bare.type());
    assertEquals(Instant.parse("2031-02-03T04:05:06.789Z"), bare.time());
  }

  @Test
  void aCloudEventWithALongIdIsKnownByItsDigest() {
    var headers = Headers.of(Map.of(
        "ce-specversion", "1.0",
        "ce-id", "i".repeat(200),
        "ce-source", "/shop",
        "ce-time", "2031-02-03T04:05:06Z"));
    assertEquals(64, only("{\"a\":1}", headers).id().value().length());
  }

  @Test
  void serviceBusPropertiesCompleteTheFlatObject() {
    var headers = Headers.of(Map.of(
        "BusinessEventId", "NAVAXDMFExportBusinessEvent",
        "LegalEntity", "USMF",
        "EventId", "other",
        "BusinessEventCategory", "DIXF"));
    var event = only("{\"EventId\":\"e\",\"EventTime\":\"/Date(1893456300000)/\"}", headers);
    assertEquals(new EventId("e"), event.id());
    assertEquals(Optional.of(EventType.EXPORT), event.type());
    assertEquals(Optional.of(new LegalEntity("usmf")), event.legalEntity());
    assertEquals(Optional.of(new LegalEntity("demf")), only(FLAT, headers).legalEntity());
  }

  @Test
  void dataverseWrapsABusinessEvent() {
    for (String value : List.of(FLAT, AS_TEXT)) {
      assertEquals(reader.read(raw(FLAT)), only("""
              {"MessageName":"Any","PrimaryEntityName":"none","InputParameters":
               [{"key":"Other","value":"{no JSON"},{"key":"Event","value":%s}]}
              """.formatted(value)));
    }
  }

  private static String change(String entityId) {
    return """
        {"CorrelationId":"aaaaaaaa-0000-0000-0000-000000000001","MessageName":"OnExternalUpdated",
         "OperationCreatedOn":"\\/Date(1893456300000+0000)\\/",
         "PrimaryEntityId":"00000000-0000-0000-0000-000000000000",
         "PrimaryEntityName":"mserp_custcustomergroupentity","InputParameters":[
          {"key":"Target","value":{"Id":"%s","LogicalName":"mserp_custcustomergroupentity",
           "Attributes":[{"key":"mserp_dataareaid","value":"USMF"}]}}]}
        """.formatted(entityId);
  }

  @Test
  void dataEventsHaveNoIdOfTheirOwn() {
    var event = only(change("1"));
    assertEquals(Optional.of(new EventType("OnExternalUpdated")), event.type());
    assertEquals(Optional.of("mserp_custcustomergroupentity"), event.entity());
    assertEquals(Optional.of(new LegalEntity("usmf")), event.legalEntity());
    assertEquals(Instant.parse("2030-01-01T00:05:00Z"), event.time());
    assertTrue(event.id().value().startsWith("aaaaaaaa-0000-0000-0000-000000000001#"));
    assertEquals(event.id(), only(change("1").replace(" ", "")).id());
    assertNotEquals(event.id(), only(change("2")).id(), "Two changes of one transaction are two.");
  }

  @Test
  void dataEventsCutByDataverseHaveNoParameters() {
    var event = only("""
        {"MessageName":"OnExternalCreated","PrimaryEntityName":"mserp_e",
         "OperationCreatedOn":"/Date(1893456300000+0000)/"}
        """);
    assertEquals(Optional.of("mserp_e"), event.entity());
  }

  @Test
  void dataEventsThroughEventGridHaveItsId() {
    assertEquals(
        new EventId("99999999-0000-0000-0000-000000000001"),
        only("[" + GRID.formatted(change("1")) + "]").id());
  }

  @Test
  void everyBodyIsReadAgainWithoutHeadersAndNeighbours() {
    var readings = reader.readAll(
        raw(" [ %s , %s,%s]".formatted(GRID.formatted(AS_TEXT), FLAT, change("1"))),
        Headers.none());
    assertEquals(3, readings.size());
    for (Reading reading : readings) {
      var read = assertInstanceOf(Reading.Read.class, reading);
      assertEquals(read.event(), reader.read(read.body()));
    }
    assertEquals(raw(FLAT), readings.get(1).body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "7", "[]", "\"text\"", "\"\""})
  void anEnvelopeWithoutAnEventIsRefused(String data) {
    for (String envelope : List.of(GRID, CLOUD_EVENT.formatted("\"data\":%s"))) {
      String message = refusal(envelope.formatted(data));
      assertTrue(message.matches("(A CloudEvent|An Event Grid event) .*"), message);
    }
  }

  @Test
  void envelopesWithinEnvelopesEndSomewhere() {
    String nested = FLAT;
    for (int i = 0; i < 40; i++) {
      nested = CLOUD_EVENT.formatted("\"data\":" + nested);
    }
    assertEquals(reader.read(raw(FLAT)), only(nested));
  }
}
