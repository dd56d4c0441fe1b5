package dev.landfall.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.BusinessEvent;
import dev.landfall.json.EventReader;
import dev.landfall.json.Reading;
import dev.landfall.spi.Disposition;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cases that the CloudEvents project has for its HTTP binding, posted to the webhook and read
 * as the pipeline reads them.
 *
 * <p>Transcribed from the two outlines of {@code features/http-protocol-binding.feature} in
 * {@code cloudevents/conformance} (Apache License 2.0), commit {@code dcd8f605}; their attributes
 * and content types are its own. Of the attributes {@code specversion} and {@code datacontenttype}
 * are looked at no further, as a business event has no such thing, and {@code id} and
 * {@code source} are one id, since only together they are unique.
 */
class CloudEventsConformanceTest {

  private static final String DATA = "{\n    \"message\": \"Hello World!\"\n}";

  private final BlockingQueue<List<Reading>> readings = new LinkedBlockingQueue<>();
  private final EventReader reader = new EventReader();
  private final Webhook webhook =
      Webhook.on(0).path("/someresource").sharedSecret(Sender.SECRET).build();

  @BeforeEach
  void start() {
    webhook.start(delivery -> {
      readings.add(reader.readAll(delivery.body(), delivery.headers()));
      return CompletableFuture.completedFuture(Disposition.accepted());
    });
  }

  @AfterEach
  void close() {
    webhook.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/json; charset=utf-8"})
  void binaryContentMode(String contentType) throws Exception {
    requireTheEvent(read(
        String.join(
            "\r\n",
            "ce-specversion: 1.0",
            "ce-type: com.example.someevent",
            "ce-time: 2018-04-05T03:56:24Z",
            "ce-id: 1234-1234-1234",
            "ce-source: /mycontext/subcontext",
            "Content-Type: " + contentType),
        DATA));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/cloudevents+json", "application/cloudevents+json; charset=utf-8"})
  void structuredContentMode(String contentType) throws Exception {
    requireTheEvent(read("Content-Type: " + contentType, """
        {
            "specversion": "1.0",
            "type": "com.example.someevent",
            "time": "2018-04-05T03:56:24Z",
            "id": "1234-1234-1234",
            "source": "/mycontext/subcontext",
            "datacontenttype": "application/json",
            "data": %s
        }""".formatted(DATA)));
  }

  /** Has no case there; the specification of the HTTP binding, 3.3, has it. */
  @Test
  void batchedContentMode() throws Exception {
    String event = """
        {"specversion": "1.0", "type": "com.example.someevent", "time": "2018-04-05T03:56:24Z",
         "id": "1234-1234-1234", "source": "/mycontext/subcontext", "data": %s}""".formatted(DATA);
    List<Reading> two =
        post("Content-Type: application/cloudevents-batch+json", "[" + event + "," + event + "]");
    assertEquals(2, two.size());
    for (Reading one : two) {
      requireTheEvent(one);
    }
  }

  private Reading read(String headers, String body) throws Exception {
    List<Reading> all = post(headers, body);
    assertEquals(1, all.size());
    return all.get(0);
  }

  private List<Reading> post(String headers, String body) throws Exception {
    String head = "POST /someresource HTTP/1.1\r\nHost: example.com\r\nX-Landfall-Secret: "
        + Sender.SECRET + "\r\n" + headers + "\r\nContent-Length: " + body.length() + "\r\n\r\n";
    try (RawSender sender = new RawSender(webhook)) {
      String answer = sender.write(head + body).answer();
      assertTrue(answer.startsWith("HTTP/1.1 202 "), answer);
    }
    return readings.take();
  }

  private static void requireTheEvent(Reading reading) {
    BusinessEvent event = assertInstanceOf(Reading.Read.class, reading).event();
    assertEquals("/mycontext/subcontext#1234-1234-1234", event.id().value());
    assertEquals("com.example.someevent", event.type().orElseThrow().value());
    assertEquals(Instant.parse("2018-04-05T03:56:24Z"), event.time());
    assertEquals("Hello World!", event.payload().text("message").orElseThrow());
  }
}
